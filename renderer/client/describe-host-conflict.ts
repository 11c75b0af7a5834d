import type { Description } from './describe-fault.ts'

const ANEW = 'Have a new line made with “restore-agent enrol” on the host, and paste that.'

/** The sentences for what stands in the way of enrolling a host; `detail` is its address, or the name of another. */
const ENROLLING: Readonly<Record<string, (detail: string) => Description>> = {
  other_key: (address) => ({
    title: 'This is not the agent that the line names',
    explanation: `What answers at ${address} has another key than the one in the line. Nothing was sent to it.`,
    nextStep:
      'Compare the key with what “restore-agent doctor” prints on the host. Where they differ, somebody else answers there: do not go on.',
  }),
  code_unknown: (address) => ({
    title: 'The agent does not know this code',
    explanation: `${address} never made it, or has forgotten it.`,
    nextStep: ANEW,
  }),
  code_used: (address) => ({
    title: 'This code was used before',
    explanation: `A code is good for one console, and ${address} has given this one away. If that was not you, somebody else has been let in.`,
    nextStep: `Look with “restore-agent peers” on the host who that was. ${ANEW}`,
  }),
  code_expired: (address) => ({
    title: 'This code is no longer good',
    explanation: `It was made for a short while, and the while is over on ${address}.`,
    nextStep: ANEW,
  }),
  code_workspace: (address) => ({
    title: 'This code is for another workspace',
    explanation: `${address} made it for a workspace that the line does not name.`,
    nextStep: 'Have a new line made with “restore-agent enrol --workspace” and the name of yours.',
  }),
  other_workspace: (name) => ({
    title: 'This host is of another workspace',
    explanation: `Its agent is of ${name}. The hosts of one workspace are all of the same, and no other workspace has any of them.`,
    nextStep: `Switch to the workspace that ${name} is for, or make one, and enrol the host there.`,
  }),
  too_many_tries: (address) => ({
    title: 'The agent takes no codes for now',
    explanation: `Too many wrong ones have come to ${address}.`,
    nextStep: 'Wait a minute, then try again with the same line.',
  }),
  host_exists: (name) => ({
    title: 'This host is enrolled already',
    explanation: `It is ${name} in your list.`,
    nextStep: 'Open it there. To reach it another way, remove it first.',
  }),
}

/** The sentences for what stands in the way of changing a host or one of its repositories. */
const CHANGING: Readonly<Record<string, (detail: string) => Description>> = {
  wrong_host_name: (name) => ({
    title: 'That is not the name of this host',
    explanation: `It is called ${name}.`,
    nextStep: 'Look whether this is the host that you mean, then type its name.',
  }),
  opened_before: () => ({
    title: 'This repository was opened before',
    explanation: 'There is none at its place now. To make a new one there would hide that what was in it is gone.',
    nextStep:
      'Find out what became of it: a disk that is not mounted looks like that. Only then think of “Create anew…”.',
  }),
  nothing_to_back_up: () => ({
    title: 'Nobody has said what to back up',
    explanation: 'A backup from the console takes the folders that were chosen for this repository; none were.',
    nextStep: 'Choose them under “What a backup takes…”.',
  }),
}

/** Undefined for a word that is not about hosts. */
export function describeHostConflict(what: string, detail: string): Description | undefined {
  const words = { ...ENROLLING, ...CHANGING }
  return Object.hasOwn(words, what) ? words[what]?.(detail) : undefined
}
