/** Pixels along each side. */
export const TRAY_SIZE = 32

const [SIDE, RADIUS, DOT] = [TRAY_SIZE, 7, 6]
/** Blue, green, red, opacity: as Electron takes a bitmap. */
const TEAL = [0x75, 0x7a, 0x0b, 0xff] as const
const RED = [0x2c, 0x2c, 0xd9, 0xff] as const
const WHITE = [0xff, 0xff, 0xff, 0xff] as const

/** The console's mark, an arrow back into a box; with a red dot while something needs somebody. */
export function trayPicture(needsSomeone: boolean): Buffer {
  const picture = Buffer.alloc(SIDE * SIDE * 4)
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const color = needsSomeone && isDot(x, y) ? RED : isArrow(x, y) ? WHITE : isBox(x, y) ? TEAL : null
      if (color !== null) picture.set(color, (y * SIDE + x) * 4)
    }
  }
  return picture
}

/** A red dot alone, to lie over another picture. */
export function overlayPicture(): Buffer {
  const picture = Buffer.alloc(SIDE * SIDE * 4)
  const middle = (SIDE - 1) / 2
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      if (Math.hypot(x - middle, y - middle) <= SIDE / 2) picture.set(RED, (y * SIDE + x) * 4)
    }
  }
  return picture
}

function isBox(x: number, y: number): boolean {
  const outside = (at: number): number => Math.max(RADIUS - at, at - (SIDE - 1 - RADIUS), 0)
  return Math.hypot(outside(x), outside(y)) <= RADIUS
}

/** A shaft that points down, and its head. */
function isArrow(x: number, y: number): boolean {
  const middle = Math.abs(x - (SIDE - 1) / 2)
  const isShaft = middle < 2.5 && y >= 6 && y < 18
  const isHead = y >= 15 && y < 23 && middle < 23 - y
  const isFloor = y >= 24 && y < 27 && middle < 8
  return isShaft || isHead || isFloor
}

function isDot(x: number, y: number): boolean {
  return Math.hypot(x - (SIDE - 1 - DOT), y - DOT) <= DOT
}
