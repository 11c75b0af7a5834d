const PATIENCE_MILLISECONDS = 12_000

/** Press the button, tab or choice that is called so. */
export async function press(name: string): Promise<void> {
  const all = (): HTMLElement[] => [
    ...document.querySelectorAll<HTMLElement>('button, a, [role=tab], label, [role=row]'),
  ]
  const element = await found(name, () => all().find(({ textContent }) => textContent?.trim() === name))
  element.click()
  await settled()
}

/** Press the button that has this label and no words. */
export async function pressLabelled(label: string): Promise<void> {
  const element = await found(
    label,
    () => document.querySelector<HTMLElement>(`button[aria-label="${CSS.escape(label)}"]`) ?? undefined,
  )
  element.click()
  await settled()
}

/** Type into the field that is labelled so. */
export async function fill(label: string, text: string): Promise<void> {
  const input = await found(label, () => fieldCalled(label))
  // React looks at the native setter, not at the property it has put over it.
  const kind = input instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(input, text)
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settled()
}

/** Wait until the page says so. */
export async function sees(text: string): Promise<void> {
  await found(text, () => (document.body.textContent?.includes(text) === true ? document.body : undefined))
}

function fieldCalled(label: string): HTMLInputElement | HTMLTextAreaElement | undefined {
  const inputs = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
  return inputs.find((input) => {
    const words = input.getAttribute('aria-label') ?? input.labels?.[0]?.textContent ?? ''
    return words.trim() === label
  })
}

/** What `look` finds, once it finds it; `what` names it where it never does. */
export async function found<T>(what: string, look: () => T | undefined): Promise<T> {
  const until = performance.now() + PATIENCE_MILLISECONDS
  for (;;) {
    const it = look()
    if (it !== undefined) return it
    if (performance.now() > until) throw new Error(`the scene shows no “${what}”`)
    await settled()
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60))
}
