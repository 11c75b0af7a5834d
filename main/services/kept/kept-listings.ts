import { setImmediate as afterAnswers } from 'node:timers/promises'
import { z } from 'zod'
import type { KeptOwner, KeptStore } from '../../store/index.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Label, OpenVault, Vault } from './vault.ts'

/** Things that may wait to be written; beyond them nothing is kept until there is room. */
const LONGEST_QUEUE = 64

interface Deps {
  readonly clock: Clock
  readonly log: Log
  readonly openVault: OpenVault
  /** Throws where the file cannot be had; `mark` stands for the key of what is in it. */
  readonly openStore: (mark: Buffer) => KeptStore
}

/** What is kept: whose it is, and what of theirs. */
export interface KeptName {
  readonly hostId: string
  /** Null for what is the host's and of no repository. */
  readonly repositoryId: string | null
  readonly what: Label
}

export interface Kept<T> {
  readonly value: T
  /** When this console was told it. */
  readonly since: string
}

const recordSchema = z.object({ since: z.iso.datetime(), value: z.unknown() })

interface Opened {
  readonly vault: Vault
  readonly store: KeptStore
}

/**
 * What this console was told by its hosts, sealed on the disk, so that it can be shown again at once or while they are
 * away. It is a convenience and never in the way: without a key, or where the file fails, nothing is kept and all else
 * works.
 */
export class KeptListings implements AsyncDisposable {
  readonly #deps: Deps
  readonly #repositories = new Map<string, readonly string[]>()
  readonly #addresses = new Map<string, string>()
  #hosts: readonly string[] = []
  #opened: Opened | undefined
  #work: Promise<void> = Promise.resolve()
  #waiting = 0
  #tidyWaits = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Begin to keep, under a key of 32 random bytes. Throws where the file cannot be had. */
  open(key: Buffer): void {
    const vault = this.#deps.openVault(key)
    this.#opened = { vault, store: this.#deps.openStore(vault.mark) }
    this.#addresses.clear()
    this.#tidySoon()
  }

  /** What was kept under a name; null when there is nothing, or nothing that can be trusted. */
  async read<T>(name: KeptName, schema: z.ZodType<T>): Promise<Kept<T> | null> {
    if (this.#isGone(name)) return null
    const label = labelOf(name)
    const vault = this.#opened?.vault
    const sealed = this.#use(({ vault, store }) => store.get(vault.address(label)))
    if (vault === undefined || sealed === undefined || sealed === null) return null
    const kept = await unseal(vault, label, sealed, schema)
    if (kept === null) {
      this.#deps.log.warning('something that was kept is damaged and is dropped', { kind: String(name.what[0]) })
      this.#use(({ vault, store }) => store.delete(vault.address(label)))
    }
    return kept
  }

  /** Keep what a host has told, some time later: its answer goes first. Only for repositories it is known to have. */
  keep(name: KeptName, value: unknown): void {
    if (this.#opened === undefined || this.#waiting >= LONGEST_QUEUE) return
    const since = this.#deps.clock.now().toISOString()
    this.#waiting += 1
    void this.#later(() => this.#put(name, { since, value }).finally(() => (this.#waiting -= 1)))
  }

  /** The same for somebody who waits until it is written, and so never fills the queue. */
  async put(name: KeptName, value: unknown): Promise<void> {
    if (this.#opened === undefined) return
    const since = this.#deps.clock.now().toISOString()
    await this.#later(() => this.#put(name, { since, value }))
  }

  /** The repositories that a host has now: what was kept of others is deleted, and nothing of others is kept. */
  retainRepositories(hostId: string, repositoryIds: readonly string[]): void {
    this.#repositories.set(hostId, repositoryIds)
    this.#tidySoon()
  }

  /** The hosts that are known: what was kept of others is deleted. */
  retainHosts(hostIds: readonly string[]): void {
    this.#hosts = hostIds
    this.#tidySoon()
  }

  /** Writes what still waits. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#work
    this.#use(({ store }) => store[Symbol.dispose]())
    this.#opened = undefined
  }

  async #put(name: KeptName, record: Kept<unknown>): Promise<void> {
    const { hostId, repositoryId } = name
    const label = labelOf(name)
    const sealed = await this.#opened?.vault.seal(label, Buffer.from(JSON.stringify(record)))
    const isKnown = repositoryId === null || this.#repositories.get(hostId)?.includes(repositoryId)
    if (sealed === undefined || isKnown !== true) return
    this.#use(({ vault, store }) =>
      store.put({
        address: vault.address(label),
        host: vault.address(hostLabel(hostId)),
        repository: repositoryId === null ? null : vault.address(repositoryLabel(hostId, repositoryId)),
        sealed,
      }),
    )
  }

  /** A repository that its host has no more. Of a host that was not heard of yet, nobody knows. */
  #isGone({ hostId, repositoryId }: KeptName): boolean {
    return repositoryId !== null && this.#repositories.get(hostId)?.includes(repositoryId) === false
  }

  /** Once for all that is said before it is done: a fleet that comes back says it host by host. */
  #tidySoon(): void {
    if (this.#tidyWaits) return
    this.#tidyWaits = true
    void this.#later(() => {
      this.#tidyWaits = false
      return this.#tidy()
    })
  }

  /** Delete what is of hosts and repositories that are no more, in parts, so that others are answered between. */
  async #tidy(): Promise<void> {
    for (const owner of this.#use(({ vault, store }) => store.owners().filter(this.#unwanted(vault))) ?? []) {
      while (this.#use(({ store }) => store.dropSome(owner)) === true) await afterAnswers()
    }
  }

  #unwanted(vault: Vault): (owner: KeptOwner) => boolean {
    const hex = (label: Label): string => this.#hex(vault, label)
    const known = new Map(
      this.#hosts.map((hostId) => [
        hex(hostLabel(hostId)),
        this.#repositories.get(hostId)?.map((id) => hex(repositoryLabel(hostId, id))),
      ]),
    )
    return ({ host, repository }) => {
      if (!known.has(host.toString('hex'))) return true
      const repositories = known.get(host.toString('hex'))
      return repository !== null && repositories?.includes(repository.toString('hex')) === false
    }
  }

  /** Worked out once for each label: to tidy asks for those of the whole fleet. */
  #hex(vault: Vault, label: Label): string {
    const name = JSON.stringify(label)
    const known = this.#addresses.get(name) ?? vault.address(label).toString('hex')
    this.#addresses.set(name, known)
    return known
  }

  /** One thing after the other, when there is time. */
  #later(action: () => Promise<void>): Promise<void> {
    this.#work = this.#work
      .then(afterAnswers)
      .then(action)
      .catch((error: unknown) => this.#giveUp(error))
    return this.#work
  }

  #use<T>(action: (opened: Opened) => T): T | undefined {
    if (this.#opened === undefined) return undefined
    try {
      return action(this.#opened)
    } catch (error) {
      this.#giveUp(error)
      return undefined
    }
  }

  #giveUp(error: unknown): void {
    const opened = this.#opened
    this.#opened = undefined
    this.#deps.log.warning('nothing more is kept of what is seen', { reason: String(error) })
    try {
      opened?.store[Symbol.dispose]()
    } catch {
      // It is the store that has failed; why is in the log already.
    }
  }
}

async function unseal<T>(vault: Vault, label: Label, sealed: Buffer, schema: z.ZodType<T>): Promise<Kept<T> | null> {
  try {
    const plain = await vault.open(label, sealed)
    if (plain === null) return null
    const { since, value } = recordSchema.parse(JSON.parse(plain.toString('utf8')))
    return { since, value: schema.parse(value) }
  } catch {
    return null
  }
}

function hostLabel(hostId: string): Label {
  return ['host', hostId]
}

function repositoryLabel(hostId: string, repositoryId: string): Label {
  return ['repository', hostId, repositoryId]
}

function labelOf({ hostId, repositoryId, what }: KeptName): Label {
  return ['kept', hostId, repositoryId, ...what]
}
