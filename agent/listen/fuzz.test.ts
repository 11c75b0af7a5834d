import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect as connectTcp, type Socket } from 'node:net'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { administrationContract } from '../../contract/administration/index.ts'
import { agentContract } from '../../contract/agent/index.ts'
import { readEnrolment } from '../../contract/shapes/enrolment.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import { connect } from '../../contract/wire/client.ts'
import { requireTool, restic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ServedProgram, serveProgram } from '../testing/agent-program.ts'
import { dialPinned, dialTls, dialWebSocket, type PinnedHost, postEnrol } from '../testing/pinned-console.ts'
import { makeIdentity } from '../../engine/identity/identity.ts'
import { dialAgent } from './dial-socket.ts'

/** Say another to try others: FUZZ_SEED, and FUZZ_ROUNDS for longer. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261121)
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 40)
/** Mebibytes that the agent may take at its highest, over what it takes at rest. */
const MOST_MEMORY = 200

const HELLO = { protocol: AGENT_PROTOCOL }
const ACCESS = { url: '/srv/planted', username: '', serverPassword: '', password: 'p' }
/** What a stranger would like to have answered, and what an answer would have in it. */
const CALLS = [
  { i: '1', p: { u: '/host/hello', b: HELLO } },
  { i: '2', p: { u: '/repository/add', b: { name: 'planted', access: ACCESS } } },
  { i: '3', p: { u: '/audit/list', b: { limit: 9 } } },
]
const ANSWER = /agentVersion|chainIntact|"i":"[123]"|101 Switching/

/** The same choices every time (mulberry32). */
function random(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: <T>(choices: readonly T[]): T => choices[below(choices.length)] as T,
    bytes: (most: number): Buffer => Buffer.from(Array.from({ length: below(most) + 1 }, () => below(256))),
  }
}
type Random = ReturnType<typeof random>

/** Take away, put in, or change a few bytes. */
function mutated(text: string | Buffer, { below, bytes }: Random): Buffer {
  let changed = Buffer.from(text)
  for (let times = below(4) + 1; times > 0; times -= 1) {
    const at = below(changed.length + 1)
    changed = Buffer.concat([changed.subarray(0, at), bytes(3), changed.subarray(at + below(3))])
  }
  return changed
}

/** A client's frame of the WebSocket protocol (RFC 6455 §5.2), its mask zero. */
function webSocketFrame(payload: Buffer, first = 0x81, claimed = BigInt(payload.length)): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(claimed)
  return Buffer.concat([Buffer.of(first, 0xff), length, Buffer.alloc(4), payload])
}

const frames = Buffer.concat(CALLS.map((call) => webSocketFrame(Buffer.from(JSON.stringify(call)))))

function upgradeRequest(headers: readonly string[] = []): string {
  const key = Buffer.alloc(16).toString('base64')
  const usual = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  return ['GET /agent HTTP/1.1', ...usual, `Sec-WebSocket-Key: ${key}`, ...headers, '', ''].join('\r\n')
}

function enrolRequest(body: string | Buffer, length = Buffer.byteLength(body)): Buffer {
  return Buffer.concat([
    Buffer.from(`POST /enrol HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`),
    Buffer.from(body),
  ])
}

const REDEMPTION = JSON.stringify({ ...HELLO, code: 'A'.repeat(22), workspace: 'ops', peer: 'mallory@lair' })

/** What somebody sends who has not been let in. */
function strangeBytes(chance: Random): Buffer {
  const { pick, bytes, below } = chance
  return pick([
    () => bytes(2000),
    () => Buffer.concat([Buffer.from(upgradeRequest()), frames]),
    () => Buffer.concat([mutated(upgradeRequest(), chance), frames]),
    () => Buffer.concat([Buffer.from(upgradeRequest([`X-Padding: ${'x'.repeat(below(20_000))}`])), frames]),
    () => Buffer.concat([frames, Buffer.from(upgradeRequest())]),
    () => Buffer.concat([enrolRequest(REDEMPTION), Buffer.from(upgradeRequest()), frames]),
    () => enrolRequest(mutated(REDEMPTION, chance)),
    () => enrolRequest(REDEMPTION, below(1 << 30)),
    () => enrolRequest('x'.repeat(below(100_000))),
    () => enrolRequest('['.repeat(4000)),
    () =>
      Buffer.from(
        `POST /enrol HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(below(3000))}`,
      ),
    () => Buffer.from(JSON.stringify(CALLS[0])),
  ])()
}

/** Send it, and hear what comes back until the other side has had enough, or nothing more would come. */
async function said(socket: Socket, bytes: Buffer): Promise<string> {
  let heard = ''
  socket.on('error', () => socket.destroy())
  socket.on('data', (piece) => (heard += piece.toString('latin1')))
  // Half of a request is not answered before it is given up: then the stranger hangs up itself.
  socket.setTimeout(50, () => socket.destroy())
  socket.write(bytes)
  // Not `once`, which an error would end: being hung up on is an answer.
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  return heard
}

/** What a peer may send that has been let in. */
function peerFrames(chance: Random): Buffer {
  const { pick, bytes, below } = chance
  const call = JSON.stringify(pick(CALLS))
  return pick([
    () => webSocketFrame(mutated(call, chance)),
    () => webSocketFrame(bytes(500), 0x80 | below(16)),
    () => webSocketFrame(Buffer.from(call), below(256)),
    () => webSocketFrame(Buffer.from(call), 0x81, BigInt(below(1 << 30))),
    () => webSocketFrame(Buffer.from(call), 0x81, 2n ** 63n - 1n),
    () => Buffer.concat(Array.from({ length: 300 }, () => webSocketFrame(Buffer.from(call)))),
    () => webSocketFrame(Buffer.from(JSON.stringify({ i: String(below(9)), ack: below(100) }))),
    () => webSocketFrame(Buffer.from(JSON.stringify({ i: String(below(9)), t: below(9) }))),
    () => webSocketFrame(Buffer.from(`${'['.repeat(below(200_000))}`)),
    () =>
      webSocketFrame(
        Buffer.from(
          JSON.stringify({
            i: '1',
            p: { u: pick(['/__proto__/x', '/host/constructor', '/run/toString', '/']), b: { __proto__: 1 } },
          }),
        ),
      ),
    () => bytes(3000),
  ])()
}

/** Mebibytes: `VmRSS` now, `VmHWM` at its highest. */
function memory({ child }: ServedProgram, which: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'latin1')
  return Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
}

async function besieged(directory: string) {
  const data = join(directory, 'data')
  const program = await serveProgram(['--data-directory', data, '--listen', '127.0.0.1:0', '--restic', restic().path])
  const hello = { origin: 'a test', peer: 'root@host' }
  const administration = connect(administrationContract, await dialAgent(data, { ...hello, wants: 'administration' }))
  const own = connect(agentContract, await dialAgent(data, { ...hello, wants: 'agent' }))
  const asked = { role: 'viewer' as const, permissions: [], workspace: 'ops', seconds: 600, address: null }
  const enrolment = readEnrolment((await administration.enrolment.create(asked)).line)
  if (enrolment === undefined) throw new Error('the line is no enrolment')
  const { code, workspace, pin, address } = enrolment
  const to: PinnedHost = {
    host: '127.0.0.1',
    port: Number(address.split(':')[1]),
    pin,
    identity: await makeIdentity('ada'),
  }
  await postEnrol(to, { ...HELLO, code, workspace, peer: 'ada@desk' })
  const honest = connect(agentContract, await dialPinned(to))
  const first = await honest.host.hello(HELLO)
  return {
    program,
    own,
    to,
    stranger: { ...to, identity: await makeIdentity('mallory') },
    honest,
    /** What it said of itself, and mebibytes, before anything was done to it. */
    first,
    atRest: memory(program, 'VmRSS'),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}

type Siege = Awaited<ReturnType<typeof besieged>>

/** It lives, answers whom it knows, has done nothing for a stranger, and has not grown. */
async function expectWell({ program, own, honest, first, atRest }: Siege): Promise<void> {
  expect(await honest.host.hello(HELLO)).toEqual({ ...first, time: expect.any(String) })
  expect(await own.repository.list()).toEqual([])
  expect(program.child.exitCode).toBeNull()
  expect(memory(program, 'VmHWM') - atRest).toBeLessThan(MOST_MEMORY)
  expect(program.log.filter((line) => /call\.failed|upgrade\.failed|enrolment\.failed/.test(line))).toEqual([])
}

requireTool('restic')(`an agent on a hostile network (seed ${SEED})`, () => {
  test('answers a peer what it does not answer a stranger: these bytes are understood', async () => {
    await using directory = temporaryDirectory()
    await using siege = await besieged(directory.path)
    const bytes = Buffer.concat([Buffer.from(upgradeRequest()), frames])
    expect(await said(await dialTls(siege.to), bytes)).toMatch(ANSWER)
    expect(await said(await dialTls(siege.stranger), bytes)).toMatch(/^HTTP\/1.1 403 Forbidden\r\n/)
    await expectWell(siege)
  })

  test('says nothing to strangers, whatever they send, and goes on', async () => {
    await using directory = temporaryDirectory()
    await using siege = await besieged(directory.path)
    const { host, port } = siege.to
    const chance = random(SEED)
    const doors = [
      async () => connectTcp(port, host),
      async () => {
        const socket = connectTls({ host, port, rejectUnauthorized: false })
        await once(socket, 'secureConnect')
        return socket
      },
      async () => dialTls(siege.stranger),
    ]
    let hungUpOn = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const knocks = doors.map(async (open) => {
        const bytes = strangeBytes(chance)
        // One that comes while too many others wait is hung up on before it has said anything.
        const socket = await open().catch(() => undefined)
        if (socket === undefined) hungUpOn += 1
        return socket === undefined ? '' : said(socket, bytes)
      })
      for (const heard of await Promise.all(knocks)) expect(heard).not.toMatch(ANSWER)
    }
    expect(hungUpOn).toBeLessThan(ROUNDS)
    await expectWell(siege)
  })

  test('ends what a peer has that sends nonsense, and nothing else', async () => {
    await using directory = temporaryDirectory()
    await using siege = await besieged(directory.path)
    const chance = random(SEED + 1)
    for (let round = 0; round < ROUNDS; round += 1) {
      const peer = await dialTls(siege.to)
      const bytes = Array.from({ length: 3 }, () => peerFrames(chance))
      await said(peer, Buffer.concat([Buffer.from(upgradeRequest()), ...bytes]))
    }
    await expectWell(siege)
  })

  test('does not grow under floods from a peer that reads nothing', async () => {
    await using directory = temporaryDirectory()
    await using siege = await besieged(directory.path)
    const flood = async (send: (socket: WebSocket, at: number) => void, times: number): Promise<void> => {
      const socket = await dialWebSocket(siege.to)
      socket.on('error', () => undefined)
      socket.pause()
      for (let at = 0; at < times && socket.readyState === socket.OPEN; at += 1) {
        send(socket, at)
        while (socket.bufferedAmount > 1 << 20 && socket.readyState === socket.OPEN) {
          await immediate()
        }
      }
      socket.terminate()
    }
    const call = (at: number) => JSON.stringify({ i: String(at), p: { u: '/host/hello', b: HELLO } })
    await flood((socket, at) => socket.send(call(at)), 20_000)
    await flood((socket, at) => socket.send(JSON.stringify({ i: String(at), ack: 1 })), 100_000)
    await flood((socket) => socket.ping(Buffer.alloc(125)), 100_000)
    await flood((socket) => socket.send('x'.repeat(1 << 20)), 20)
    await flood((socket) => socket.send(Buffer.alloc(30 << 20)), 1)
    await expectWell(siege)
  })
})
