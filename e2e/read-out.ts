import type { Page } from '@playwright/test'

/**
 * What a page says of itself from now on to one who does not see it: the texts of its live regions as they change, in their
 * order, each once in a row.
 */
export async function listenTo(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    const LIVE = '[role="status"], [role="alert"], [aria-live], output'
    const say = (node: Node): void => {
      const element = node instanceof Element ? node : node.parentElement
      const region = element?.closest(LIVE)
      const text = region?.textContent?.trim() ?? ''
      if (text !== '' && said.at(-1) !== text) said.push(text)
    }
    const observer = new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        say(target)
        for (const added of addedNodes)
          if (added instanceof Element) for (const region of added.querySelectorAll(LIVE)) say(region)
      }
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { said })
  })
  return () => page.evaluate(() => (window as unknown as { readonly said: readonly string[] }).said)
}
