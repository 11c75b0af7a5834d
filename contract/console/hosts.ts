import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read } from '../procedure.ts'
import { hostViewSchema } from '../shapes/host.ts'
import { onHost } from './on-host.ts'

export const hosts = {
  list: read.output(z.array(hostViewSchema)),
  get: read.input(z.object(onHost)).output(hostViewSchema),
  /** Every host as it is now, then each host whenever something of it changes. */
  watch: read.output(eventIterator(hostViewSchema)),
} as const
