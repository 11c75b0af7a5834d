import { expect, it } from 'vitest'
import { readBackupLine } from './backup-lines.ts'

it('reads how far it is, where what is zero is left out', () => {
  const early = '{"message_type":"status","percent_done":0,"total_files":7,"total_bytes":900}'
  expect(readBackupLine(early)).toEqual({
    type: 'status',
    progress: { filesDone: 0, bytesDone: 0, filesFound: 7, bytesFound: 900, currentItem: null },
  })
  const later =
    '{"message_type":"status","percent_done":0.5,"total_files":7,"files_done":3,"total_bytes":900,"bytes_done":450,"current_files":["/etc/hosts","/etc/motd"]}'
  expect(readBackupLine(later)).toMatchObject({ progress: { filesDone: 3, bytesDone: 450, currentItem: '/etc/hosts' } })
})

it('tells what could not be read once, without the stack of the program', () => {
  const line = (during: string) =>
    `{"message_type":"error","error":{"message":"open /a: permission denied\\ngoroutine 1"},"during":"${during}","item":"/a"}`
  expect(readBackupLine(line('scan'))).toBeUndefined()
  expect(readBackupLine(line('archival'))).toEqual({ type: 'error', path: '/a', message: 'open /a: permission denied' })
})

it('takes a path that is not there for one that could not be read', () => {
  expect(readBackupLine('/srv/a b does not exist, skipping')).toEqual({
    type: 'error',
    path: '/srv/a b',
    message: 'it does not exist',
  })
})

it('reads the snapshot that was saved, and that there is none', () => {
  const summary = '{"message_type":"summary","total_files_processed":2,"total_bytes_processed":9,"data_added_packed":5'
  const saved = { type: 'summary', files: 2, bytes: 9, added: 5 }
  expect(readBackupLine(`${summary},"snapshot_id":"abc"}`)).toEqual({ ...saved, snapshotId: 'abc' })
  expect(readBackupLine(`${summary}}`)).toEqual({ ...saved, snapshotId: null })
})

it.each([
  ['', undefined],
  ['{"message_type":"verbose_status","action":"new","item":"/a"}', undefined],
  ['{"message_type":"exit_error","code":3,"message":"Warning"}', undefined],
  ['using parent snapshot 12345678', { type: 'text', text: 'using parent snapshot 12345678' }],
  ['{"message_type":"unheard_of"}', { type: 'text', text: '{"message_type":"unheard_of"}' }],
])('reads %j as %j', (text, line) => {
  expect(readBackupLine(text)).toEqual(line)
})
