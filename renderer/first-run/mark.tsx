/** The sign of the house: a beginning from which the work goes its ways. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden>
      <rect width="32" height="32" rx="9" fill="var(--mantine-primary-color-filled)" />
      <path
        d="M10 16h12M10 16c6 0 5-7 12-7M10 16c6 0 5 7 12 7"
        stroke="#fff"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <circle cx="9.5" cy="16" r="3" fill="#fff" />
      <circle cx="22.5" cy="9" r="1.9" fill="#fff" />
      <circle cx="22.5" cy="16" r="1.9" fill="#fff" />
      <circle cx="22.5" cy="23" r="1.9" fill="#fff" />
    </svg>
  )
}
