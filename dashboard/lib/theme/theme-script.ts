/** Where this browser keeps the person's choice. */
export const THEME_KEY = 'theme';

/** Runs in the document's head, before the first paint: no flash of the other theme. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
