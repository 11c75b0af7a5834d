import { t } from '@lingui/core/macro'
import type { Description } from './describe-fault.ts'

/** The sentences for what stands in the way of making, changing or removing a workspace; `detail` is its name. */
const CHANGING: Readonly<Record<string, (detail: string) => Description>> = {
  workspace_exists: (name) => ({
    title: t`There is a workspace of this name already`,
    explanation: t`It is ${name} in the list.`,
    nextStep: t`Choose another name.`,
  }),
  workspace_not_empty: (name) => ({
    title: t`There are hosts in this workspace`,
    explanation: t`Only an empty workspace is removed, so that ${name} takes nothing along.`,
    nextStep: t`Switch to it and remove its hosts first.`,
  }),
  workspace_entered: (name) => ({
    title: t`This window works in that workspace`,
    explanation: t`It works in ${name}.`,
    nextStep: t`Switch to another workspace first.`,
  }),
  wrong_workspace_name: (name) => ({
    title: t`That is not the name of this workspace`,
    explanation: t`It is called ${name}.`,
    nextStep: t`Check that this is the workspace you mean, then type its name.`,
  }),
}

/** Undefined for a word that is not about workspaces. */
export function describeWorkspaceConflict(what: string, detail: string): Description | undefined {
  return Object.hasOwn(CHANGING, what) ? CHANGING[what]?.(detail) : undefined
}
