/** Hand text over as a file. */
export function download(
  parts: readonly string[],
  { type, name }: { readonly type: string; readonly name: string },
): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  // Later: the click only begins to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
