import type { WorkspaceColor } from '../contract/shapes/workspace.ts'

/** How the colours of workspaces look, each readable as text (4.5:1) on every surface of its scheme. */
export const lightWorkspaces: Readonly<Record<WorkspaceColor, string>> = {
  teal: '#0a7772',
  blue: '#2059b8',
  violet: '#6a3fc0',
  plum: '#9a2f86',
  red: '#b92c2c',
  orange: '#a14a08',
  olive: '#5e6b12',
  slate: '#4d5a6b',
}

export const darkWorkspaces: Readonly<Record<WorkspaceColor, string>> = {
  teal: '#2bb3a8',
  blue: '#79acf8',
  violet: '#b79bf6',
  plum: '#e58fd4',
  red: '#f58a8a',
  orange: '#f0a05c',
  olive: '#b5c25a',
  slate: '#a3afc0',
}

/** A workspace's colour in CSS, in either scheme. */
export function workspaceColor(color: WorkspaceColor): string {
  return `var(--workspace-${color})`
}
