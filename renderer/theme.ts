import { createTheme, Modal, type MantineColorsTuple } from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef3fb',
  '#dbe4f3',
  '#b5c7e5',
  '#8ca8d7',
  '#6a8dcb',
  '#547cc4',
  '#3f69b4',
  '#33589b',
  '#294a86',
  '#1b3766',
]

/** Mantine's own dark greys are warm; ours are those of the sheets in app.css. */
const dark: MantineColorsTuple = [
  '#e4e8ee',
  '#c3cad4',
  '#9aa4b2',
  '#8b95a3',
  '#3a424e',
  '#2c333d',
  '#22272f',
  '#1a1e25',
  '#14171c',
  '#0f1216',
]

/** Calm blue for what can be pressed; every other colour means something. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  autoContrast: true,
  luminanceThreshold: 0.34,
  fontFamily: 'Inter, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Noto Sans Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '600' },
  components: {
    Modal: Modal.extend({ defaultProps: { overlayProps: { backgroundOpacity: 0.28 } } }),
  },
})
