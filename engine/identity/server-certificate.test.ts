import { X509Certificate } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { makeIdentity, openIdentity, pinOf } from './identity.ts'
import { openServerCertificate } from './server-certificate.ts'

const HOSTS = ['localhost', 'plane.example', '127.0.0.1', '::1', 'fd00::2']

test('it names the hosts around the key of the identity, and is the same the next time', async () => {
  await using directory = temporaryDirectory()
  const identity = await openIdentity(directory.path)
  const certificate = await openServerCertificate(directory.path, { identity, hosts: HOSTS })
  const parsed = new X509Certificate(certificate)
  expect(pinOf(parsed)).toBe(identity.pin)
  expect([parsed.checkHost('plane.example'), parsed.checkHost('other.example')]).toEqual(['plane.example', undefined])
  expect(['127.0.0.1', '::1', 'fd00::2'].map((address) => parsed.checkIP(address))).toEqual([
    '127.0.0.1',
    '::1',
    'fd00::2',
  ])
  const otherwise = [...HOSTS.slice(0, 4), 'FD00:0:0::2']
  expect(await openServerCertificate(directory.path, { identity, hosts: otherwise })).toBe(certificate)
  chmodSync(join(directory.path, 'certificate.pem'), 0o644)
  expect(await openServerCertificate(directory.path, { identity, hosts: HOSTS })).toBe(certificate)
})

test('one more host makes another around the same key, which the earlier one vouches for', async () => {
  await using directory = temporaryDirectory()
  const identity = await openIdentity(directory.path)
  const before = new X509Certificate(await openServerCertificate(directory.path, { identity, hosts: HOSTS }))
  const after = new X509Certificate(await openServerCertificate(directory.path, { identity, hosts: ['new.example'] }))
  expect([after.checkHost('new.example'), after.checkHost('plane.example')]).toEqual(['new.example', 'plane.example'])
  expect([pinOf(after), after.checkIssued(before), after.verify(before.publicKey)]).toEqual([identity.pin, true, true])
})

test('one of another key is not shown', async () => {
  await using directory = temporaryDirectory()
  const [identity, another] = [await makeIdentity('plane'), await makeIdentity('plane')]
  await openServerCertificate(directory.path, { identity: another, hosts: HOSTS })
  const certificate = await openServerCertificate(directory.path, { identity, hosts: HOSTS })
  expect(pinOf(new X509Certificate(certificate))).toBe(identity.pin)
})
