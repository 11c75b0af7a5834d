import { createMemoryHistory } from '@tanstack/react-router'
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react'
import { vi } from 'vitest'
import { App } from '../renderer/app/App.tsx'
import { openWindow, type World } from '../renderer/gallery/console/index.ts'

// The whole console is drawn, at times on a machine that does much else.
vi.setConfig({ testTimeout: 60_000 })
configure({ asyncUtilTimeout: 15_000 })

/** Put the whole console over a world on the test's page. Disposing takes it away again. */
export function showConsole(world: World, path: string) {
  const history = createMemoryHistory({ initialEntries: [path] })
  render(<App {...openWindow(world)} history={history} nonce="" />)
  return {
    history,
    /** What was asked of main under this path, in order. */
    asked: (call: string): unknown[] => world.calls.filter((made) => made.path === call).map((made) => made.input),
    [Symbol.dispose]: cleanup,
  }
}

/** The button that is called so, once it is there. */
export async function button(name: string): Promise<HTMLButtonElement> {
  return await screen.findByRole<HTMLButtonElement>('button', { name })
}

/** Press the button that is called so, once it is there. */
export async function press(name: string): Promise<void> {
  fireEvent.click(await button(name))
}

/** Type into the field that is labelled so. */
export async function fill(label: string, value: string): Promise<void> {
  fireEvent.change(await screen.findByLabelText(label, { selector: 'input' }), { target: { value } })
}
