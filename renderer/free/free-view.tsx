export function FreeView() {
  return null
}
