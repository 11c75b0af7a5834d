import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of processor time that a process has had, in all of its threads (proc(5), schedstat). */
export function processorTime(pid: number): number {
  const threads = `/proc/${pid}/task`
  const nanoseconds = readdirSync(threads).map((thread) => Number(read(`${threads}/${thread}/schedstat`).split(' ')[0]))
  return nanoseconds.reduce((sum, time) => sum + time, 0) / 1e6
}

/** MiB that a process holds now, or the most that it has held. */
export function memory(pid: number, which: 'now' | 'most'): number {
  const field = which === 'now' ? 'VmRSS' : 'VmHWM'
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/status`))?.[1]) / 1024
}

/** Empty for a thread that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return '0'
  }
}
