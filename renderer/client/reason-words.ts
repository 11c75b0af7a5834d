import { t } from '@lingui/core/macro'
import { isSayable, type Reason, type ReasonCode, type ReasonValues, type Why } from '../../contract/reasons.ts'

/** The sentences of the contract's own table, to be had in each language. */
const WORDS: { readonly [C in ReasonCode]: (values: ReasonValues<C>) => string } = {
  // The network.
  no_answer: ({ place }) => t`${place} did not answer in time.`,
  no_answer_within: ({ place, seconds }) => t`${place} did not answer within ${seconds} seconds.`,
  nothing_listens: ({ place }) => t`Nothing listens at ${place}.`,
  name_unknown: ({ place }) => t`The name of ${place} cannot be resolved here.`,
  no_way: ({ place }) => t`There is no way to ${place} from here.`,
  hung_up: ({ place }) => t`${place} hung up.`,
  not_understood: ({ place, said }) => t`What answers at ${place} does not speak as expected (${said}).`,
  certificate_untrusted: ({ place, said }) =>
    t`The certificate of ${place} is not one that this computer trusts (${said}).`,
  certificate_unpinned: ({ place, said }) =>
    t`The certificate of ${place} is not one that this computer trusts (${said}). Give the pin of its key instead.`,
  certificate_other_name: ({ place }) => t`The certificate of ${place} is for another name.`,
  connection_broke: () => t`The connection broke.`,
  connection_failed: ({ said }) => t`The connection failed: ${said}`,
  connection_closed: ({ said }) => t`The connection was closed: ${said}`,

  // Servers, and what they answer.
  server_status: ({ status }) => t`The server answered with HTTP status ${status}.`,
  answer_too_large: ({ limit, path }) => t`The server sent more than ${limit} bytes for ${path}.`,
  answer_unreadable: ({ path, said }) => t`Its answer to ${path} cannot be read: ${said}.`,
  sent_elsewhere: ({ place }) => t`It sends us elsewhere: ${place}.`,
  it_says: ({ said }) => t`It says: ${said}`,

  // Repositories.
  restic_said: ({ said }) => t`restic says: ${said}`,
  system_said: ({ said }) => t`The system says: ${said}`,
  not_a_folder: () => t`It is not a folder.`,
  not_readable: () => t`It may not be read.`,
  folder_refused: ({ path, said }) => t`${path} cannot be made: ${said}`,
  folder_not_made: ({ path, exitCode }) => t`The unit that should make ${path} ended with exit code ${exitCode}.`,

  // Targets of a restore, and the way back from one.
  target_not_a_folder: ({ path }) => t`${path} is not a folder.`,
  target_link: ({ path }) => t`${path} is a symbolic link.`,
  target_root: ({ path }) => t`${path} is the root of the file system.`,
  target_name: ({ path }) => t`The name of ${path} is not valid UTF-8.`,
  target_without_parent: ({ path }) => t`The folder above ${path} does not exist.`,
  target_of_another: ({ path }) => t`${path} belongs to another user.`,
  target_open: ({ folder, path }) => t`A user other than root can change ${folder} while files are written to ${path}.`,
  target_unreadable: ({ path }) => t`${path} cannot be read.`,
  target_kernel: ({ path }) => t`${path} is the kernel’s and holds no files.`,
  target_moved: ({ path }) => t`${path} is not where it was.`,
  target_refused: ({ path, said }) => t`${path} cannot be used: ${said}`,
  link_in_the_way: ({ path }) => t`${path} is a symbolic link where the snapshot has a folder.`,
  file_in_the_way: ({ path }) => t`${path} is not a folder, and the snapshot has one there.`,
  not_in_place: () => t`It was not done in place.`,
  not_a_past_restore: () => t`That run is not a restore, or has not ended.`,
  nothing_written: () => t`It had not written anything.`,
  nothing_changed: () => t`It had nothing to change.`,
  no_safety_snapshot: () => t`No safety snapshot was taken before it.`,

  // Agents, and the ways to them.
  other_key: ({ place }) => t`${place} has another key than the one that is known of it. Nothing was sent to it.`,
  not_admitted: () => t`The agent does not know this console, or no longer does. Enrol the host again.`,
  no_room: ({ place }) => t`${place} has no room for another connection.`,
  not_an_agent: ({ place }) => t`${place} has the right key but does not answer as an agent does.`,
  answer_lost: ({ place }) => t`${place} was given the code, but its answer was lost.`,
  other_agent: () =>
    t`Another agent answers there than the one that was added. Remove the host and add it again if that is meant.`,
  did_not_introduce_itself: () => t`It did not say who it is.`,
  silent: ({ seconds }) => t`It has not answered for ${seconds} seconds.`,
  agent_stopping: () => t`Its agent is shutting down.`,
  agent_refused: ({ code }) => t`The agent answered ${code}.`,
  agent_needs: ({ needs }) => t`The agent does not let this console in: it needs ${needs}.`,
  versions_apart: () => t`The agent and this console are of versions that do not match.`,
  of_other_workspace: () => t`The host belongs to another workspace.`,
  never_reached: () => t`It was never reached, so its repositories are not known yet.`,
  ssh_absent: () => t`This computer has no ssh.`,
  ssh_ended: ({ destination }) => t`ssh to ${destination} has ended.`,
  ssh_said: ({ said }) => t`ssh says: ${said}`,
  ssh_refused: ({ destination, said }) => t`${destination} does not let this user in: ${said}`,
  ssh_other_key: ({ destination }) =>
    t`${destination} shows another host key than the one that ssh knows. Somebody may be in between; if the host was set up anew, remove its old key with ssh-keygen -R.`,
  ssh_key_unknown: ({ destination }) =>
    t`ssh does not know the host key of ${destination} yet. Log in once in a terminal, with: ssh ${destination}`,
  agent_absent: ({ destination }) =>
    t`restore-agent is not installed on ${destination}, or not where its shell looks for programs.`,
  agent_ended: ({ destination }) => t`The agent on ${destination} has ended.`,
  agent_ended_saying: ({ destination, said }) => t`The agent on ${destination} has ended: ${said}`,

  // Groups and consumers of a control plane.
  repository_of_group: ({ name }) => t`This repository is the group “${name}” already.`,
  group_of_name: ({ name }) => t`There is a group “${name}” already.`,
  group_elsewhere: ({ name }) => t`The group “${name}” is another repository than the one at this address.`,
  repository_replaced: () => t`Another repository than before is at this address.`,
  group_disconnected: () => t`It was disconnected.`,
  no_consumers_let_in: () => t`This control plane listens for no consumers.`,

  // What runs in this console itself.
  thread_ended: ({ exitCode }) => t`It ended with code ${exitCode}.`,
  tool_absent: ({ tool, wanted }) => t`${tool} ${wanted} or newer is not installed.`,
  data_in_use: ({ path }) => t`Another one is using ${path}. End that one first.`,
  cannot_listen: ({ place }) => t`It cannot listen at ${place}.`,
  data_newer: ({ version }) => t`A newer version has written its data (${version}). Use that version.`,
  data_damaged: ({ path }) => t`${path} is damaged. Put it back from a backup.`,
  journal_damaged: ({ path }) =>
    t`${path} is damaged. Moved away, a new one is begun, without the record of earlier runs.`,
  sealed_otherwise: ({ path }) =>
    t`${path} was sealed with another key than the one that the console keeps. Put that key back, or move the file aside and add the repositories again.`,
  secrets_locked: () => t`The console’s secrets are not open.`,
  secrets_awaited: () => t`Waiting for the passphrase.`,
  secrets_unchosen: () => t`Waiting for a passphrase to be chosen.`,
  secrets_in_file: () => t`This console keeps its secrets in a file encrypted with a passphrase.`,
  keychain_lost: () => t`The keychain did not keep what it was given.`,
  keychain_silent: ({ seconds }) => t`The keychain did not answer within ${seconds} seconds.`,
  keychain_said: ({ said }) => t`The keychain cannot be used: ${said}`,
  keychain_closed: () => t`The keychain that holds the key of this agent cannot be opened.`,
  secrets_failed: () => t`The secret store failed; the log says why.`,
  switched_off: () => t`It is switched off.`,
  unforeseen: ({ said }) => t`Something unexpected happened: ${said}`,
}

/** Why something cannot be reached or used, in the language of the window; in the words that came where these have no code. */
export function reasonWords({ reason, why }: Reason): string {
  if (!isSayable(why)) return reason
  const say = WORDS[why.code] as (values: Why['values']) => string
  return say(why.values)
}
