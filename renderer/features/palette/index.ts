export { CommandPalette } from './CommandPalette.tsx'
export type { PaletteCommand } from './use-entries.ts'
