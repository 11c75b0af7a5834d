import { type ClientContext, createORPCClient } from '@orpc/client'
import { ClientRetryPlugin } from '@orpc/client/plugins'
import { StandardLink, type StandardLinkClient, type StandardLinkPlugin } from '@orpc/client/standard'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import { ResponseValidationPlugin } from '@orpc/contract/plugins'
import { get } from '@orpc/shared'
import type { StandardLazyResponse, StandardRequest } from '@orpc/standard-server'
import type { ProcedureMeta } from '../procedure.ts'
import { ClientCodec } from './client-codec.ts'
import { ConnectionLost, type Port } from './port.ts'
import { PortClient } from './port-client.ts'

export interface Dialling<C extends AnyContractRouter> {
  /** Open a port; rejects when it cannot. */
  dial(): Promise<Port>
  /** Wait this many milliseconds. */
  pause(milliseconds: number): Promise<void>
  /** Said on every new connection before anything else is asked on it; rejects to give that connection up. */
  greet?(client: ContractRouterClient<C>): Promise<void>
  /** Told of every change between connected and not. */
  onState?(connected: boolean): void
}

/** A client over one port that is already open. When it closes, calls fail with ConnectionLost. */
export function connect<C extends AnyContractRouter>(contract: C, port: Port): ContractRouterClient<C> {
  return over(contract, new PortClient(port))
}

function over<C extends AnyContractRouter>(contract: C, port: PortClient): ContractRouterClient<C> {
  const link = new StandardLink(new ClientCodec(), port, { plugins: [validation(contract)] })
  return createORPCClient<ContractRouterClient<C>>(link as never)
}

/**
 * A client that dials when something is asked and redials with a growing pause. Reads and streams come back by
 * themselves, streams after the last event they saw; writes never do: they carry a request key and are the asker's.
 */
export function reconnect<C extends AnyContractRouter>(contract: C, dialling: Dialling<C>): ContractRouterClient<C> {
  const retry = new ClientRetryPlugin({
    default: {
      retry: Number.POSITIVE_INFINITY,
      retryDelay: 0,
      shouldRetry: ({ error, path }) => error instanceof ConnectionLost && effectOf(contract, path) === 'read',
    },
  }) as StandardLinkPlugin<never> as StandardLinkPlugin<ClientContext>
  const greet = async (port: PortClient): Promise<void> => dialling.greet?.(over(contract, port))
  const link = new StandardLink(new ClientCodec(), new DialledClient(dialling, greet), {
    plugins: [validation(contract), retry],
  })
  return createORPCClient<ContractRouterClient<C>>(link as never)
}

function validation(contract: AnyContractRouter): StandardLinkPlugin<ClientContext> {
  return new ResponseValidationPlugin(contract)
}

function effectOf(contract: AnyContractRouter, path: readonly string[]): string | undefined {
  const procedure = get(contract, path) as { readonly '~orpc'?: { readonly meta?: Partial<ProcedureMeta> } } | undefined
  return procedure?.['~orpc']?.meta?.effect
}

/** One dial at a time, shared by all who wait; each may leave the wait with its own abort. */
class DialledClient implements StandardLinkClient<ClientContext> {
  readonly #dialling: Omit<Dialling<never>, 'greet'>
  readonly #greet: (port: PortClient) => Promise<void>
  #current: Promise<PortClient> | undefined
  #failures = 0

  constructor(dialling: Omit<Dialling<never>, 'greet'>, greet: (port: PortClient) => Promise<void>) {
    this.#dialling = dialling
    this.#greet = greet
  }

  async call(request: StandardRequest): Promise<StandardLazyResponse> {
    this.#current ??= this.#open()
    const client = await orAborted(this.#current, request.signal)
    return client.call(request)
  }

  async #open(): Promise<PortClient> {
    try {
      if (this.#failures > 0) await this.#dialling.pause(Math.min(125 * 2 ** this.#failures, 10_000))
      const client = await this.#greeted(await this.#dialling.dial())
      this.#failures = 0
      this.#dialling.onState?.(true)
      return client
    } catch (cause) {
      this.#failures += 1
      this.#current = undefined
      this.#dialling.onState?.(false)
      throw new ConnectionLost('cannot connect', { cause })
    }
  }

  /** A port that closes, or is not welcome, before all was said on it never was a connection. */
  async #greeted(port: Port): Promise<PortClient> {
    const client = new PortClient(port)
    let state: 'greeting' | 'open' | 'closed' = 'greeting'
    port.onClose(() => {
      if (state === 'open') this.#lost()
      state = 'closed'
    })
    try {
      await this.#greet(client)
    } catch (error) {
      port.close('it was not greeted')
      throw error
    }
    if ((state as string) === 'closed') throw new ConnectionLost('it closed at once')
    state = 'open'
    return client
  }

  #lost(): void {
    this.#current = undefined
    this.#failures = Math.max(this.#failures, 1)
    this.#dialling.onState?.(false)
  }
}

interface Signal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

function orAborted<T>(promise: Promise<T>, signal: Signal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
