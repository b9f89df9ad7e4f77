/** The product's mark: a pulse. */
export function Logo() {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className="size-5 text-accent" fill="none">
      <path
        d="M2.5 13.5h4l2.5-7 4.5 12 2.5-6.5h5.5"
        stroke="currentColor"
        strokeWidth="2.25"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
