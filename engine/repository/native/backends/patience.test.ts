import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Patience } from './patience.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('ends what says nothing, and not what goes on slowly', () => {
  using patience = new Patience(1000)
  for (let sign = 0; sign < 5; sign += 1) {
    vi.advanceTimersByTime(900)
    patience.renew()
  }
  expect(patience.signal.aborted).toBe(false)
  vi.advanceTimersByTime(1000)
  expect(patience.signal.reason).toMatchObject({ name: 'TimeoutError', message: 'nothing came for 1 seconds' })
})

it('waits for nothing once it is over', () => {
  {
    using patience = new Patience(1000)
    patience.renew()
  }
  expect(vi.getTimerCount()).toBe(0)
})
