import { expect, test } from 'vitest'
import type { Log } from '../log.ts'
import { redact, rememberLog } from './recent-log.ts'

const silent: Log = { info: () => undefined, warning: () => undefined, error: () => undefined }

test('what was said is told on and remembered, the newest last and only so much of it', () => {
  const heard: string[] = []
  const { log, recent } = rememberLog({ ...silent, info: (message) => heard.push(message) }, () => new Date(0))
  for (let at = 0; at < 300; at += 1) log.info(`line ${at}`, { host: 'db-01' })
  expect(heard).toHaveLength(300)
  expect(recent()).toHaveLength(200)
  expect(recent().at(-1)).toBe('1970-01-01T00:00:00.000Z info line 299 host=db-01')
})

test('neither passwords nor keys are remembered', () => {
  expect(redact('opened rest:https://me:hunter2@backup.example/x')).toBe('opened rest:https://…@backup.example/x')
  expect(redact('password=hunter2 port=7420')).toBe('password=… port=7420')
  expect(redact(`pin ${'aB3_'.repeat(11)} refused`)).toBe('pin aB3_aB… refused')
})
