import { expect, test } from 'vitest'
import { disposedOnce } from './disposed-once.ts'

test('whoever disposes of it a second time waits for the first', async () => {
  const said: string[] = []
  const released = Promise.withResolvers<void>()
  const stack = new AsyncDisposableStack()
  stack.defer(() => released.promise.then(() => void said.push('released')))
  const all = disposedOnce(stack)
  const both = ['first', 'second'].map((who) => all[Symbol.asyncDispose]().then(() => said.push(who)))
  released.resolve()
  await Promise.all(both)
  expect(said).toEqual(['released', 'first', 'second'])
})

test('both are told of a failure', async () => {
  const stack = new AsyncDisposableStack()
  stack.defer(() => Promise.reject(new Error('the disk is full')))
  const all = disposedOnce(stack)
  const both = await Promise.allSettled([all[Symbol.asyncDispose](), all[Symbol.asyncDispose]()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
