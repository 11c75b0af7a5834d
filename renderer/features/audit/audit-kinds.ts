import { t } from '@lingui/core/macro'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { outcomeWords } from './outcome-words.ts'

/** Which entries of the audit are looked at. */
export type AuditKind = 'restores' | 'previews' | 'all'

/** The entries of one kind. */
export function ofKind(entries: readonly AuditEntry[], kind: AuditKind): readonly AuditEntry[] {
  switch (kind) {
    case 'restores':
      return entries.filter(({ action }) => action === 'host.restore')
    case 'previews':
      return entries.filter(({ action }) => action === 'file.preview')
    case 'all':
      return entries
  }
}

const ACTION_WORDS: Readonly<Record<AuditEntry['action'], string>> = {
  'host.restore': t`restore`,
  'host.initialise': t`new repository`,
  'host.sample': t`sample repository`,
  'host.cancel': t`cancel`,
  'host.backup': t`backup`,
  'host.diff': t`comparison`,
  'host.enrol': t`host added`,
  'host.remove': t`host removed`,
  'file.preview': t`preview`,
  'peer.invite': t`invitation`,
  'peer.enrol': t`enrolment`,
  'peer.revoke': t`console revoked`,
  'call.refused': t`call refused`,
  'repository.add': t`repository added`,
  'repository.change': t`repository changed`,
  'repository.remove': t`repository removed`,
  'console.export': t`export`,
  'console.settings': t`settings changed`,
  'console.unlock-failed': t`secrets not unlocked`,
  'console.refused': t`call refused`,
  'workspace.change': t`workspace`,
  'plane.add': t`control plane added`,
  'plane.change': t`control plane changed`,
  'plane.remove': t`control plane removed`,
  'plane.embedded': t`embedded control plane`,
  'plane.mode': t`safety mode`,
  'plane.group': t`group’s repository`,
  'consumer.invite': t`consumer invited`,
  'consumer.own': t`own consumer`,
  'consumer.verify': t`verify now`,
  'consumer.dismiss': t`consumer dismissed`,
  'replica.declare': t`replica declared`,
  'replica.change': t`replica changed`,
  'replica.enable': t`replica enabled`,
  'replica.disable': t`replica disabled`,
  'replica.remove': t`replica removed`,
}

/** What was done, in a word or two. */
export function actionWords(action: AuditEntry['action']): string {
  return ACTION_WORDS[action]
}

/** Whether every word of a filter stands in what an entry shows; `host` is what its host is called. */
export function matchesEntry(entry: AuditEntry, host: string, filter: string): boolean {
  const { action, actor, summary, targetPath, snapshotId, reason, outcome } = entry
  const shown = [actor, host, actionWords(action), summary, targetPath ?? '', snapshotId ?? '', reason]
  const text = [...shown, outcomeWords(outcome).word].join(' ').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
