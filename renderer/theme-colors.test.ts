import { expect, test } from 'vitest'
import { dark, light, type Palette } from './theme-colors.ts'
import { darkWorkspaces, lightWorkspaces } from './workspace-colors.ts'

/** WCAG 2 relative luminance. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const surfaces = ['page', 'panel', 'hover', 'chosen'] as const

test.each([
  ['light', light],
  ['dark', dark],
])('every text colour of the %s scheme is readable on every surface', (_, palette: Palette) => {
  const texts = (Object.keys(palette) as (keyof Palette)[]).filter(
    (name) => name !== 'line' && !surfaces.some((surface) => surface === name),
  )
  for (const text of texts)
    for (const surface of surfaces)
      expect(contrast(palette[text], palette[surface]), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5)
})

test.each([
  ['light', light, lightWorkspaces],
  ['dark', dark, darkWorkspaces],
])('every colour of a workspace is readable in the %s scheme, and is told from the others', (_, palette, colors) => {
  for (const [name, color] of Object.entries(colors))
    for (const surface of surfaces)
      expect(contrast(color, palette[surface]), `${name} on ${surface}`).toBeGreaterThanOrEqual(4.5)
  expect(new Set(Object.values(colors)).size).toBe(Object.keys(colors).length)
})
