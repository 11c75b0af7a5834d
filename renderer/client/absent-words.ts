import { t } from '@lingui/core/macro'

const ABSENT: Readonly<Record<string, string>> = {
  'fan-out': t`This fan-out is not there`,
  file: t`This file is not there`,
  folder: t`This folder is not there`,
  host: t`This host is not there`,
  journal: t`This journal is not there`,
  node: t`This node is not there`,
  path: t`This path is not there`,
  peer: t`This peer is not there`,
  plan: t`This plan is not there`,
  plane: t`This plane is not there`,
  replica: t`This replica is not there`,
  repository: t`This repository is not there`,
  run: t`This run is not there`,
  secrets: t`These secrets are not there`,
  snapshot: t`This snapshot is not there`,
  tree: t`This tree is not there`,
  workspace: t`This workspace is not there`,
}

/** What is said of a thing that was asked for by its identity and is not there; `what` is the fault's word for it. */
export function absentWords(what: string): string {
  return (Object.hasOwn(ABSENT, what) ? ABSENT[what] : undefined) ?? t`This ${what} is not there`
}
