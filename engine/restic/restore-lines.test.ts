import { expect, it } from 'vitest'
import { readRestoreLine } from './restore-lines.ts'

it.each([
  [
    '{"message_type":"verbose_status","action":"restored","item":"/docs/new\\nline.txt","size":2}',
    { type: 'item', action: 'restored', path: '/docs/new\nline.txt', size: 2 },
  ],
  [
    '{"message_type":"verbose_status","action":"updated","item":"/d"}',
    { type: 'item', action: 'updated', path: '/d', size: 0 },
  ],
  [
    '{"message_type":"status","files_restored":3,"files_skipped":1,"bytes_restored":12}',
    { type: 'status', files: 3, bytes: 12 },
  ],
  ['{"message_type":"status"}', { type: 'status', files: 0, bytes: 0 }],
  ['{"message_type":"summary"}', { type: 'summary', items: 0, files: 0, bytes: 0 }],
  [
    '{"message_type":"summary","total_files":7,"files_restored":4,"files_skipped":6,"bytes_restored":2}',
    { type: 'summary', items: 10, files: 4, bytes: 2 },
  ],
  [
    '{"message_type":"error","error":{"message":"load failed\\ngoroutine 1"},"during":"restore","item":"/a"}',
    { type: 'error', path: '/a', message: 'load failed' },
  ],
  ['{"message_type":"error","error":{"message":"no item"}}', { type: 'error', path: '', message: 'no item' }],
])('reads %s', (line, read) => {
  expect(readRestoreLine(line)).toEqual(read)
})

it.each([
  'Load(<data/1>) failed',
  '{"message_type":"verbose_status","action":"eaten","item":"/a"}',
  '{',
  '{"a":1}',
  '[]',
  'null',
])('takes %s for text', (line) => {
  expect(readRestoreLine(line)).toEqual({ type: 'text', text: line })
})

it.each(['', '  ', '{"message_type":"exit_error","code":1,"message":"Fatal: There were 2 errors\\n"}'])(
  'has nothing to say of "%s"',
  (line) => {
    expect(readRestoreLine(line)).toBeUndefined()
  },
)
