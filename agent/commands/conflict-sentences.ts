/** What stands in the way of an agent, and what to do about it, by the words of a `conflict`; `detail` is the path or name. */
const SENTENCES: Readonly<Record<string, (detail: string) => string>> = {
  data_directory_in_use: (path) => `Another agent is using ${path}. Stop it first, or name another --data-directory.`,
  open_to_others: (path) => `Others may enter ${path}, where secrets are kept. Take that right away: chmod 700 ${path}`,
  readable_by_others: (path) =>
    `Others may read the key in ${path}. Take that right away (chmod 600 ${path}); if somebody may have read it, remove it and enrol the consoles again.`,
  identity_damaged: (path) =>
    `The key in ${path} is damaged. Put it back from a backup, or remove it and enrol the consoles again.`,
  secrets_key_damaged: (path) => `The key in ${path} is not 32 bytes long. Put it back from a backup.`,
  secrets_key_missing: (path) =>
    `${path} is gone, and only it opens secrets.bin beside it. Put it back, or move secrets.bin aside and add the repositories again.`,
  secrets_key_mismatch: (path) =>
    `${path} was sealed with another key than secrets.key beside it. Put that key back, or move the file aside and add the repositories again.`,
  secrets_file_damaged: (path) => `${path} is damaged. Move it aside, and add the repositories again.`,
  journal_damaged: (path) =>
    `${path} is damaged. Moved away, a new one is begun, without the record of earlier runs and without the consoles.`,
  path_too_long: (path) => `${path} is too long for the address of a socket. Name a shorter --data-directory.`,
  cannot_listen: (reason) =>
    `The agent cannot listen on ${reason}. See who does ("ss -ltnp"), or name another --listen address.`,
  not_listening: () => 'This agent listens nowhere. Say at which address consoles reach it: --address HOST:PORT.',
  other_workspace: (workspace) =>
    `This host belongs to the workspace ${workspace}, and consoles of it are enrolled. A host has one workspace.`,
  other_anchor: (agent) => `This anchor was taken of another agent: ${agent}.`,
  audit_broken: (entry) =>
    `The audit is not as it was written from entry ${entry} on: no anchor is made of it. "restore-agent audit verify" says more.`,
  several_peers: (which) =>
    `${which} is more than one console. Give more of the key, as "restore-agent peers" lists it.`,
}

/** One sentence for a terminal; undefined for a conflict that is not known here. */
export function sentenceOfConflict(what: string, detail: string): string | undefined {
  return Object.hasOwn(SENTENCES, what) ? SENTENCES[what]?.(detail) : undefined
}
