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
 * Why something that was entered is refused: the code, and its sentence in English for a terminal, a log, and whoever does
 * not know the code. `{names}` stand for values. The window says each in its own language (`renderer/client/refusal-words.ts`).
 */
export const REFUSALS = {
  // Of any field.
  missing: 'This must not be empty.',
  too_long: 'This has more than {most} characters.',
  too_short: 'This has fewer than {least} characters.',
  too_many: 'These are more than {most}.',
  too_few: 'These are fewer than {least}.',
  too_great: 'This number is greater than {most}.',
  too_small: 'This number is less than {least}.',
  not_an_address: 'This is not an address. An address begins with “https://”.',
  name_missing: 'It needs a name.',
  reason_missing: 'Say why.',
  time_of_day: 'A time looks like 22:00.',

  // Hosts and workspaces.
  enrolment_line: 'This is not the line that “restore-agent enrol” prints, or not all of it.',
  ssh_destination: 'A destination looks like root@db-01.example.',
  agent_address: 'An address looks like db-01.example:7420.',
  agent_port: 'A port is a number from 1 to 65535.',
  workspace_missing: 'Say which workspace.',
  workspace_control_characters: 'A workspace has no control characters in its name.',
  link_times: 'A host must have time to answer: at least twice the silence after which it is asked.',

  // The console itself.
  passphrase_short: 'A passphrase has at least {least} characters.',
  feed_not_trusted: 'A feed must use https, unless it is on this computer.',
  feed_with_password: 'The address of a feed has no user name and no password.',
  feed_with_query: 'A feed is a folder on a server: its address has no “?” and no “#”.',

  // Repositories and backups.
  repository_missing: 'Say where the repository is.',
  repository_address: 'Give the full path of the repository, beginning with "/", or a URL as restic takes it.',
  rest_address: 'After "rest:" comes the address of the server, as in rest:https://backup.example:8000/name/.',
  backup_missing: 'Say what to back up.',
  path_not_full: 'A path begins with "/".',
  path_absent: '{path} is not on this host.',

  // Snapshots and restores.
  nothing_selected: 'Nothing is selected.',
  nothing_restorable: 'Nothing of what is selected can be restored.',
  not_a_file: 'Only files can be looked into.',
  not_a_file_name: 'This is not the text of a file name.',
  path_with_dots: 'A path in a snapshot has no dots.',
  target_folder: 'A folder begins with “/”, and is not the root folder itself.',
  confirmation_unwanted: 'Only a restore in place is confirmed.',
  confirmation_mismatch: 'Only a restore in place is confirmed, and it always is.',
  host_twice: 'A host is listed twice.',

  // Patterns of a search.
  pattern_missing: 'Say what to look for.',
  pattern_long: 'A pattern may have at most {most} characters.',
  pattern_large: 'The pattern is too large.',
  pattern_empty_path: 'The pattern names nothing.',
  pattern_ends_early: 'The pattern ends too early.',
  pattern_ends_in_backslash: 'The pattern ends in a backslash.',
  bracket_open_or_empty: 'A bracket is not closed, or holds nothing.',
  bracket_open: 'A bracket is not closed.',
  range_reversed: 'A range in brackets ends before it begins.',
  parenthesis_open: 'A parenthesis is not closed.',
  parenthesis_unopened: 'A parenthesis is closed that was not opened.',
  parentheses_deep: 'Parentheses are nested too deep.',
  nothing_to_repeat: 'A repetition has nothing before it.',
  repeated_too_often: 'A repetition may be 0 to {most} times.',
  looking_around: 'Looking ahead or behind is not supported.',
  escape_unknown: '{escape} is not supported.',
  character_code: 'A character has an invalid code.',

  // Control planes, their groups and what they are told to keep restorable.
  plane_name_missing: 'A control plane needs a name.',
  plane_credentials: 'The address must not contain a user or password.',
  plane_without_tls: 'An address elsewhere begins with https.',
  plane_token: 'A token is one word of plain letters and signs.',
  group_place: `A control plane reads a repository in a folder of its own computer ("/srv/restic"), behind a REST server \
("rest:https://host/path/") or in an S3 store ("s3:https://host/bucket/prefix", with a key), and without a proxy.`,
  group_password: 'The password does not open this repository.',
  group_credentials: "The repository's server refused the user name or the password.",
  group_absent: 'There is no repository at this address.',
  group_unreachable: '{host} cannot be reached: {reason}',
  group_no_answer: 'It did not answer in time.',
  group_unreadable: 'It cannot be read: {reason}',
  group_other_key: "What it is read with was sealed with another key than this plane's.",
  group_damaged: 'What it is read with is damaged: connect the group again.',
  replica_name_missing: 'A replica needs a name.',
  replica_scope: 'This control plane cannot change what a replica covers. Declare another one instead.',
  replica_device: 'There is no device {id}.',
  replica_group: 'There is no group {id}.',
  replica_machine: 'There is no machine {id} in this group.',
  not_a_time: 'A time is written as 2h 30m or 7d.',
  not_a_duration: '{text} is not a duration: write it like 2h 30m.',
  intent_not_redacting: 'The intent {intent} does not redact.',
  intent_without_schemas: 'The intent {intent} publishes no schemas.',
  schemas_redacted: 'What is redacted publishes no schemas.',
  schemas_of_one_machine: 'Schemas are published for a whole group, not for one machine.',
  parameter_unknown: 'The intent {intent} has no parameter {name}.',
  parameter_duration: 'The parameter {name} takes a duration such as 2h 30m, not {value}.',
  parameter_bytes: 'The parameter {name} takes a size such as 20Gi, not {value}.',
  parameter_boolean: 'The parameter {name} takes true or false, not {value}.',
  parameter_integer: 'The parameter {name} takes a whole number, not {value}.',
  parameter_text: 'The parameter {name} takes a text, not {value}.',
} as const satisfies SentenceTable

export type RefusalCode = keyof typeof REFUSALS
/** What stands in the sentence of a code. */
export type RefusalValues<C extends RefusalCode> = ValuesIn<(typeof REFUSALS)[C]>
/** Nothing more is said of a code whose sentence has no holes. */
export type ValuesFor<C extends RefusalCode> = RestOf<(typeof REFUSALS)[C]>

const codeSchema = codesOf(REFUSALS)

/** One thing that is wrong with an input, and where. Whoever is older gives no code, and a code of somebody newer is none here. */
export const issueSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  /** In English. */
  message: z.string(),
  code: codeSchema.optional().catch(undefined),
  /** What stands in the sentence of the code. */
  values: valuesSchema.optional().catch(undefined),
})
export type Issue = z.infer<typeof issueSchema>

/** An issue with its code, and the English that goes with it. */
export function issueOf<C extends RefusalCode>(path: Issue['path'], code: C, ...[values]: ValuesFor<C>): Issue {
  return { path, message: fill(REFUSALS[code], values), code, ...(values === undefined ? {} : { values }) }
}

/** The code of a sentence without holes: a schema has nothing but the sentence to say why it refuses. */
export function codeOfSentence(sentence: string): RefusalCode | undefined {
  return codesBySentence.get(sentence)
}

/** An issue of which only the English was kept. */
export function issueFrom(message: string): Issue {
  return { path: [], message, ...readSentence(REFUSALS, message) }
}

/** Whether all is there that the sentence of its code needs. */
export function isComplete(issue: Issue): issue is Issue & { readonly code: RefusalCode } {
  const { code, values } = issue
  return code !== undefined && hasAll(REFUSALS[code], values)
}

const codesBySentence: ReadonlyMap<string, RefusalCode> = new Map(
  codeSchema.options.map((code) => [REFUSALS[code], code] as const),
)
