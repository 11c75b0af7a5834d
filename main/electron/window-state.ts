import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'

const LEAST = { width: 720, height: 480 } as const
const USUAL = { width: 1280, height: 860 } as const
/** So much of the window has to be on a screen, in each direction, that it can be taken hold of. */
const REACHABLE = 120

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(LEAST.width).max(32_767),
  height: z.int().min(LEAST.height).max(32_767),
  maximised: z.boolean(),
})
type WindowState = z.infer<typeof stateSchema>

export interface WindowPlace {
  readonly bounds: Partial<Rectangle>
  readonly maximised: boolean
}

/**
 * Where the window was when it was closed; the usual size, and the desktop's own choice of place, where that is not known
 * or is on no screen any more. `screens` are the work areas.
 */
export function placeOfWindow(file: string, screens: readonly Rectangle[]): WindowPlace {
  const state = read(file)
  if (state === null) return { bounds: USUAL, maximised: false }
  const { maximised, ...bounds } = state
  if (screens.some((screen) => isReachable(bounds, screen))) return { bounds, maximised }
  return { bounds: { width: bounds.width, height: bounds.height }, maximised }
}

/** Write down where the window is whenever it is closed. What cannot be written is not worth a word. */
export function keepPlace(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    // What it goes back to: a maximised window has its screen's size.
    const state: WindowState = { ...window.getNormalBounds(), maximised: window.isMaximized() }
    try {
      writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch {
      // It opens as it did before.
    }
  })
}

function read(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Its upper edge, by which it is moved, is on the screen, and enough of it to the right and to the left. */
function isReachable({ x, y, width }: Rectangle, screen: Rectangle): boolean {
  const shared = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  return shared >= REACHABLE && y >= screen.y && y <= screen.y + screen.height - REACHABLE
}
