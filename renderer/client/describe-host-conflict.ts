import { t } from '@lingui/core/macro'
import type { Description } from './describe-fault.ts'

const ANEW = t`Have a new line made with “restore-agent enrol” on the host, and paste that.`

/** The sentences for what stands in the way of enrolling a host; `detail` is its address, or the name of another. */
const ENROLLING: Readonly<Record<string, (detail: string) => Description>> = {
  other_key: (address) => ({
    title: t`This is not the agent that the line names`,
    explanation: t`What answers at ${address} has another key than the one in the line. Nothing was sent to it.`,
    nextStep: t`Compare the key with what “restore-agent doctor” prints on the host. Where they differ, somebody else answers there: do not go on.`,
  }),
  code_unknown: (address) => ({
    title: t`The agent does not know this code`,
    explanation: t`${address} never made it, or has forgotten it.`,
    nextStep: ANEW,
  }),
  code_used: (address) => ({
    title: t`This code was used before`,
    explanation: t`A code is good for one console, and ${address} has already accepted this one. If that was not you, somebody else was let in.`,
    nextStep: t`See with “restore-agent peers” on the host who that was. ${ANEW}`,
  }),
  code_expired: (address) => ({
    title: t`This code is no longer good`,
    explanation: t`It was valid for a short time, and ${address} says that the time is over.`,
    nextStep: ANEW,
  }),
  code_workspace: (address) => ({
    title: t`This code is for another workspace`,
    explanation: t`${address} made it for a workspace that the line does not name.`,
    nextStep: t`Have a new line made with “restore-agent enrol --workspace” and the name of yours.`,
  }),
  other_workspace: (name) => ({
    title: t`This host is of another workspace`,
    explanation: t`Its agent is of ${name}. The hosts of one workspace are all of the same, and no other workspace has any of them.`,
    nextStep: t`Switch to the workspace that ${name} is for, or make one, and enrol the host there.`,
  }),
  too_many_tries: (address) => ({
    title: t`The agent takes no codes for now`,
    explanation: t`Too many wrong ones have come to ${address}.`,
    nextStep: t`Wait a minute, then try again with the same line.`,
  }),
  host_exists: (name) => ({
    title: t`This host is enrolled already`,
    explanation: t`It is ${name} in your list.`,
    nextStep: t`Open it there. To reach it another way, remove it first.`,
  }),
}

/** The sentences for what stands in the way of changing a host or one of its repositories. */
const CHANGING: Readonly<Record<string, (detail: string) => Description>> = {
  wrong_host_name: (name) => ({
    title: t`That is not the name of this host`,
    explanation: t`It is called ${name}.`,
    nextStep: t`Check that this is the host you mean, then type its name.`,
  }),
  opened_before: () => ({
    title: t`This repository was opened before`,
    explanation: t`There is none at its place now. To make a new one there would hide that what was in it is gone.`,
    nextStep: t`Find out what happened to it: a disk that is not mounted looks like that. Only then consider “Create anew…”.`,
  }),
  nothing_to_back_up: () => ({
    title: t`Nothing to back up is chosen`,
    explanation: t`A backup from the console takes the folders that were chosen for this repository; none were.`,
    nextStep: t`Choose them under “What a backup takes…”.`,
  }),
}

/** Undefined for a word that is not about hosts. */
export function describeHostConflict(what: string, detail: string): Description | undefined {
  const words = { ...ENROLLING, ...CHANGING }
  return Object.hasOwn(words, what) ? words[what]?.(detail) : undefined
}
