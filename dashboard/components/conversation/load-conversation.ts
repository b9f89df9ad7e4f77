/** Loads the code of the conversation; whoever asks again gets the same. */
export const loadConversation = () =>
  import('./Conversation').then(({ Conversation }) => Conversation);

/** As soon as any of the page's code runs, where the address shows a conversation. */
export function loadNamedConversation(): void {
  const { pathname, search } = window.location;
  const isNamed = pathname.startsWith('/sessions/') && /[?&]tab=conversation(&|$)/.test(search);
  // Whoever shows it is told what is wrong.
  if (isNamed) loadConversation().catch(() => undefined);
}
