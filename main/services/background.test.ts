import { expect, test } from 'vitest'
import { Background } from './background.ts'

test('it goes on until it is disposed of, which waits for its end and is no failure', async () => {
  const said: string[] = []
  const work = async (signal: AbortSignal): Promise<void> => {
    said.push('begun')
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  {
    await using background = new Background(work, () => said.push('failed'))
    expect(said).toEqual([])
    await Promise.resolve()
    expect(background.signal.aborted).toBe(false)
    await expect.poll(() => said).toEqual(['begun'])
  }
  expect(said).toEqual(['begun'])
})

test('what ends it otherwise is told', async () => {
  const failures: unknown[] = []
  const error = new Error('the disk is full')
  await using _ = new Background(
    () => Promise.reject(error),
    (told) => failures.push(told),
  )
  await expect.poll(() => failures).toEqual([error])
})
