/** All that this page says, seen or read out. Runs in the page, so it stands by itself. */
export function everythingTold(): readonly string[] {
  const told: string[] = [document.title]
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node: Node | null = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    if (node.parentElement?.closest('[data-unmasked], script, style') !== null) continue
    if (node instanceof Text) told.push(node.data)
    if (!(node instanceof Element)) continue
    for (const name of ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'alt'])
      told.push(node.getAttribute(name) ?? '')
    // What was chosen from a list, not what was typed.
    if (node instanceof HTMLInputElement && node.readOnly) told.push(node.value)
  }
  return told.map((text) => text.trim()).filter((text) => text !== '')
}
