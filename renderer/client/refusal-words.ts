import { t } from '@lingui/core/macro'
import { reasonFrom } from '../../contract/reasons.ts'
import { type Issue, isComplete, issueFrom, type RefusalCode, type RefusalValues } from '../../contract/refusals.ts'
import { reasonWords } from './reason-words.ts'

/** The sentences of the contract's own table, to be had in each language. */
const WORDS: { readonly [C in RefusalCode]: (values: RefusalValues<C>) => string } = {
  // Of any field.
  missing: () => t`This must not be empty.`,
  too_long: ({ most }) => t`This has more than ${most} characters.`,
  too_short: ({ least }) => t`This has fewer than ${least} characters.`,
  too_many: ({ most }) => t`These are more than ${most}.`,
  too_few: ({ least }) => t`These are fewer than ${least}.`,
  too_great: ({ most }) => t`This number is greater than ${most}.`,
  too_small: ({ least }) => t`This number is less than ${least}.`,
  not_an_address: () => t`This is not an address. An address begins with “https://”.`,
  name_missing: () => t`It needs a name.`,
  reason_missing: () => t`Say why.`,
  time_of_day: () => t`A time looks like 22:00.`,

  // Hosts and workspaces.
  enrolment_line: () => t`This is not the line that “restore-agent enrol” prints, or not all of it.`,
  ssh_destination: () => t`A destination looks like root@db-01.example.`,
  agent_address: () => t`An address looks like db-01.example:7420.`,
  agent_port: () => t`A port is a number from 1 to 65535.`,
  workspace_missing: () => t`Say which workspace.`,
  workspace_control_characters: () => t`A workspace has no control characters in its name.`,
  link_times: () => t`A host must have time to answer: at least twice the silence after which it is asked.`,

  // The console itself.
  passphrase_short: ({ least }) => t`A passphrase has at least ${least} characters.`,
  feed_not_trusted: () => t`A feed must use https, unless it is on this computer.`,
  feed_with_password: () => t`The address of a feed has no user name and no password.`,
  feed_with_query: () => t`A feed is a folder on a server: its address has no “?” and no “#”.`,

  // Repositories and backups.
  repository_missing: () => t`Say where the repository is.`,
  repository_address: () => t`Give the full path of the repository, beginning with "/", or a URL as restic takes it.`,
  rest_address: () => t`After "rest:" comes the address of the server, as in rest:https://backup.example:8000/name/.`,
  backup_missing: () => t`Say what to back up.`,
  path_not_full: () => t`A path begins with "/".`,
  path_absent: ({ path }) => t`${path} is not on this host.`,

  // Snapshots and restores.
  nothing_selected: () => t`Nothing is selected.`,
  nothing_restorable: () => t`Nothing of what is selected can be restored.`,
  not_a_file: () => t`Only files can be looked into.`,
  not_a_file_name: () => t`This is not the text of a file name.`,
  path_with_dots: () => t`A path in a snapshot has no dots.`,
  target_folder: () => t`A folder begins with “/”, and is not the root folder itself.`,
  confirmation_unwanted: () => t`Only a restore in place is confirmed.`,
  confirmation_mismatch: () => t`Only a restore in place is confirmed, and it always is.`,
  host_twice: () => t`A host is listed twice.`,

  // Patterns of a search.
  pattern_missing: () => t`Say what to look for.`,
  pattern_long: ({ most }) => t`A pattern may have at most ${most} characters.`,
  pattern_large: () => t`The pattern is too large.`,
  pattern_empty_path: () => t`The pattern names nothing.`,
  pattern_ends_early: () => t`The pattern ends too early.`,
  pattern_ends_in_backslash: () => t`The pattern ends in a backslash.`,
  bracket_open_or_empty: () => t`A bracket is not closed, or holds nothing.`,
  bracket_open: () => t`A bracket is not closed.`,
  range_reversed: () => t`A range in brackets ends before it begins.`,
  parenthesis_open: () => t`A parenthesis is not closed.`,
  parenthesis_unopened: () => t`A parenthesis is closed that was not opened.`,
  parentheses_deep: () => t`Parentheses are nested too deep.`,
  nothing_to_repeat: () => t`A repetition has nothing before it.`,
  repeated_too_often: ({ most }) => t`A repetition may be 0 to ${most} times.`,
  looking_around: () => t`Looking ahead or behind is not supported.`,
  escape_unknown: ({ escape }) => t`${escape} is not supported.`,
  character_code: () => t`A character has an invalid code.`,

  // Control planes, their groups and what they are told to keep restorable.
  plane_name_missing: () => t`A control plane needs a name.`,
  plane_credentials: () => t`The address must not contain a user or password.`,
  plane_without_tls: () => t`An address elsewhere begins with https.`,
  plane_token: () => t`A token is one word of plain letters and signs.`,
  group_place: () =>
    t`A control plane reads a repository in a folder of its own computer ("/srv/restic"), behind a REST server ("rest:https://host/path/") or in an S3 store ("s3:https://host/bucket/prefix", with a key), and without a proxy.`,
  group_password: () => t`The password does not open this repository.`,
  group_credentials: () => t`The repository's server refused the user name or the password.`,
  group_absent: () => t`There is no repository at this address.`,
  group_unreachable: ({ host, reason }) => {
    const why = reasonWords(reasonFrom(String(reason)))
    return t`${host} cannot be reached: ${{ reason: why }}`
  },
  group_no_answer: () => t`It did not answer in time.`,
  group_unreadable: ({ reason }) => t`It cannot be read: ${reason}`,
  group_other_key: () => t`What it is read with was sealed with another key than this plane's.`,
  group_damaged: () => t`What it is read with is damaged: connect the group again.`,
  replica_name_missing: () => t`A replica needs a name.`,
  replica_scope: () => t`This control plane cannot change what a replica covers. Declare another one instead.`,
  replica_device: ({ id }) => t`There is no device ${id}.`,
  replica_group: ({ id }) => t`There is no group ${id}.`,
  replica_machine: ({ id }) => t`There is no machine ${id} in this group.`,
  not_a_time: () => t`A time is written as 2h 30m or 7d.`,
  not_a_duration: ({ text }) => t`${text} is not a duration: write it like 2h 30m.`,
  intent_not_redacting: ({ intent }) => t`The intent ${intent} does not redact.`,
  intent_without_schemas: ({ intent }) => t`The intent ${intent} publishes no schemas.`,
  schemas_redacted: () => t`What is redacted publishes no schemas.`,
  schemas_of_one_machine: () => t`Schemas are published for a whole group, not for one machine.`,
  parameter_unknown: ({ intent, name }) => t`The intent ${intent} has no parameter ${name}.`,
  parameter_duration: ({ name, value }) => t`The parameter ${name} takes a duration such as 2h 30m, not ${value}.`,
  parameter_bytes: ({ name, value }) => t`The parameter ${name} takes a size such as 20Gi, not ${value}.`,
  parameter_boolean: ({ name, value }) => t`The parameter ${name} takes true or false, not ${value}.`,
  parameter_integer: ({ name, value }) => t`The parameter ${name} takes a whole number, not ${value}.`,
  parameter_text: ({ name, value }) => t`The parameter ${name} takes a text, not ${value}.`,
}

/** Why an input was refused, in the language of the window; in the words that came where these have no code. */
export function refusalWords(issues: readonly Issue[]): string {
  return issues.map(wordsOf).join(' ')
}

function wordsOf(issue: Issue): string {
  if (!isComplete(issue)) return issue.message
  const say = WORDS[issue.code] as (values: Issue['values']) => string
  return say(issue.values)
}

/** Why a control plane cannot read a group's repository: it keeps the English alone. */
export function groupReasonWords(reason: string): string {
  const issue = issueFrom(reason)
  return isComplete(issue) ? wordsOf(issue) : reasonWords(reasonFrom(reason))
}
