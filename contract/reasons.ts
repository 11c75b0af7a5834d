import { z } from 'zod'
import {
  codesOf,
  fill,
  hasAll,
  readSentence,
  type RestOf,
  type SentenceTable,
  type ValuesIn,
  valuesSchema,
} from './coded-sentences.ts'

/**
 * Why something cannot be reached or used: the code, and its sentence in English for a terminal, a log, and whoever does not
 * know the code. `{names}` stand for values; `{said}` is what a system, a server or a program said itself. The window says
 * each in its own language (`renderer/client/reason-words.ts`).
 */
export const REASONS = {
  // The network.
  no_answer: '{place} did not answer in time.',
  no_answer_within: '{place} did not answer within {seconds} seconds.',
  nothing_listens: 'Nothing listens at {place}.',
  name_unknown: 'The name of {place} cannot be resolved here.',
  no_way: 'There is no way to {place} from here.',
  hung_up: '{place} hung up.',
  not_understood: 'What answers at {place} does not speak as expected ({said}).',
  certificate_untrusted: 'The certificate of {place} is not one that this computer trusts ({said}).',
  certificate_unpinned:
    'The certificate of {place} is not one that this computer trusts ({said}). Give the pin of its key instead.',
  certificate_other_name: 'The certificate of {place} is for another name.',
  connection_broke: 'The connection broke.',
  connection_failed: 'The connection failed: {said}',
  connection_closed: 'The connection was closed: {said}',

  // Servers, and what they answer.
  server_status: 'The server answered with HTTP status {status}.',
  answer_too_large: 'The server sent more than {limit} bytes for {path}.',
  answer_unreadable: 'Its answer to {path} cannot be read: {said}.',
  sent_elsewhere: 'It sends us elsewhere: {place}.',
  it_says: 'It says: {said}',

  // Repositories.
  restic_said: 'restic says: {said}',
  system_said: 'The system says: {said}',
  not_a_folder: 'It is not a folder.',
  not_readable: 'It may not be read.',
  folder_refused: '{path} cannot be made: {said}',
  folder_not_made: 'The unit that should make {path} ended with exit code {exitCode}.',

  // Targets of a restore, and the way back from one.
  target_not_a_folder: '{path} is not a folder.',
  target_link: '{path} is a symbolic link.',
  target_root: '{path} is the root of the file system.',
  target_name: 'The name of {path} is not valid UTF-8.',
  target_without_parent: 'The folder above {path} does not exist.',
  target_of_another: '{path} belongs to another user.',
  target_open: 'A user other than root can change {folder} while files are written to {path}.',
  target_unreadable: '{path} cannot be read.',
  target_kernel: '{path} is the kernel’s and holds no files.',
  target_moved: '{path} is not where it was.',
  target_refused: '{path} cannot be used: {said}',
  link_in_the_way: '{path} is a symbolic link where the snapshot has a folder.',
  file_in_the_way: '{path} is not a folder, and the snapshot has one there.',
  not_in_place: 'It was not done in place.',
  not_a_past_restore: 'That run is not a restore, or has not ended.',
  nothing_written: 'It had not written anything.',
  nothing_changed: 'It had nothing to change.',
  no_safety_snapshot: 'No safety snapshot was taken before it.',

  // Agents, and the ways to them.
  other_key: '{place} has another key than the one that is known of it. Nothing was sent to it.',
  not_admitted: 'The agent does not know this console, or no longer does. Enrol the host again.',
  no_room: '{place} has no room for another connection.',
  not_an_agent: '{place} has the right key but does not answer as an agent does.',
  answer_lost: '{place} was given the code, but its answer was lost.',
  other_agent:
    'Another agent answers there than the one that was added. Remove the host and add it again if that is meant.',
  did_not_introduce_itself: 'It did not say who it is.',
  silent: 'It has not answered for {seconds} seconds.',
  agent_stopping: 'Its agent is shutting down.',
  agent_refused: 'The agent answered {code}.',
  agent_needs: 'The agent does not let this console in: it needs {needs}.',
  versions_apart: 'The agent and this console are of versions that do not match.',
  of_other_workspace: 'The host belongs to another workspace.',
  never_reached: 'It was never reached, so its repositories are not known yet.',
  ssh_absent: 'This computer has no ssh.',
  ssh_ended: 'ssh to {destination} has ended.',
  ssh_said: 'ssh says: {said}',
  ssh_refused: '{destination} does not let this user in: {said}',
  ssh_other_key:
    '{destination} shows another host key than the one that ssh knows. Somebody may be in between; if the host was set up anew, remove its old key with ssh-keygen -R.',
  ssh_key_unknown:
    'ssh does not know the host key of {destination} yet. Log in once in a terminal, with: ssh {destination}',
  agent_absent: 'restore-agent is not installed on {destination}, or not where its shell looks for programs.',
  agent_ended: 'The agent on {destination} has ended.',
  agent_ended_saying: 'The agent on {destination} has ended: {said}',

  // Groups and consumers of a control plane.
  repository_of_group: 'This repository is the group “{name}” already.',
  group_of_name: 'There is a group “{name}” already.',
  group_elsewhere: 'The group “{name}” is another repository than the one at this address.',
  repository_replaced: 'Another repository than before is at this address.',
  group_disconnected: 'It was disconnected.',
  no_consumers_let_in: 'This control plane listens for no consumers.',

  // What runs in this console itself.
  thread_ended: 'It ended with code {exitCode}.',
  tool_absent: '{tool} {wanted} or newer is not installed.',
  data_in_use: 'Another one is using {path}. End that one first.',
  cannot_listen: 'It cannot listen at {place}.',
  data_newer: 'A newer version has written its data ({version}). Use that version.',
  data_damaged: '{path} is damaged. Put it back from a backup.',
  journal_damaged: '{path} is damaged. Moved away, a new one is begun, without the record of earlier runs.',
  sealed_otherwise:
    '{path} was sealed with another key than the one that the console keeps. Put that key back, or move the file aside and add the repositories again.',
  secrets_locked: 'The console’s secrets are not open.',
  secrets_awaited: 'Waiting for the passphrase.',
  secrets_unchosen: 'Waiting for a passphrase to be chosen.',
  secrets_in_file: 'This console keeps its secrets in a file encrypted with a passphrase.',
  keychain_lost: 'The keychain did not keep what it was given.',
  keychain_silent: 'The keychain did not answer within {seconds} seconds.',
  keychain_said: 'The keychain cannot be used: {said}',
  keychain_closed: 'The keychain that holds the key of this agent cannot be opened.',
  secrets_failed: 'The secret store failed; the log says why.',
  switched_off: 'It is switched off.',
  unforeseen: 'Something unexpected happened: {said}',
} as const satisfies SentenceTable

export type ReasonCode = keyof typeof REASONS
/** What stands in the sentence of a code. */
export type ReasonValues<C extends ReasonCode> = ValuesIn<(typeof REASONS)[C]>

/** A reason by its code. */
export interface Why {
  readonly code: ReasonCode
  readonly values?: Readonly<Record<string, string | number>> | undefined
}
/** Whoever is older gives none, and a code of somebody newer is none here. */
export const whySchema: z.ZodCatch<z.ZodOptional<z.ZodType<Why>>> = z
  .object({ code: codesOf(REASONS), values: valuesSchema.optional() })
  .optional()
  .catch(undefined)

/** As it stands in a fault or a link: the sentence, in English, and its code beside it. */
export interface Reason {
  readonly reason: string
  readonly why?: Why | undefined
}
const reasonSchema: z.ZodType<Reason> = z.object({ reason: z.string(), why: whySchema })

/** An error with a reason, which goes along where a thread ends by it. */
export class ReasonedError extends Error {
  override readonly name: string = 'ReasonedError'
  readonly reason: Reason

  constructor(reason: Reason, options?: ErrorOptions) {
    super(reason.reason, options)
    this.reason = reason
  }
}

/** A reason with its code, and the English that goes with it. */
export function reasonOf<C extends ReasonCode>(code: C, ...[values]: RestOf<(typeof REASONS)[C]>): Reason {
  return { reason: fill(REASONS[code], values), why: { code, ...(values === undefined ? {} : { values }) } }
}

/** A reason of which only the English was kept. */
export function reasonFrom(reason: string): Reason {
  return { reason, why: readSentence(REASONS, reason) }
}

/** The reason of an error that has one; of any other, that nobody foresaw it. */
export function reasonIn(error: unknown): Reason {
  const found = reasonSchema.safeParse(error instanceof Error && 'reason' in error ? error.reason : undefined)
  return found.data ?? reasonOf('unforeseen', { said: error instanceof Error ? error.message : String(error) })
}

/** Whether all is there that the sentence of the code needs. */
export function isSayable(why: Why | undefined): why is Why {
  return why !== undefined && hasAll(REASONS[why.code], why.values)
}
