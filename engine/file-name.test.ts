import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { Fault } from '../contract/errors.ts'
import { fileNameFromBytes, fileNameToBytes } from './file-name.ts'

it('leaves what is UTF-8 as it is, a byte order mark included', () => {
  for (const name of ['plain', 'Grüße', '💀 skull', '\ufeffmark', 'new\nline', 'a\u0300']) {
    expect(fileNameFromBytes(Buffer.from(name))).toBe(name)
    expect(fileNameToBytes(name)).toEqual(Buffer.from(name))
  }
})

it('turns each byte that is not UTF-8 into one lone surrogate', () => {
  expect(fileNameFromBytes(Buffer.from('caf\xe9', 'latin1'))).toBe('caf\udce9')
  expect(fileNameFromBytes(Buffer.from([0xff]))).toBe('\udcff')
  expect(fileNameFromBytes(Buffer.from([0xf0, 0x9f, 0x92]))).toBe('\udcf0\udc9f\udc92')
  expect(fileNameFromBytes(Buffer.from([0xed, 0xb2, 0x80]))).toBe('\udced\udcb2\udc80')
  expect(fileNameFromBytes(Buffer.from([0xc0, 0xaf, 0x61]))).toBe('\udcc0\udcafa')
})

it('gives back the bytes of any name', () => {
  for (let round = 0; round < 5000; round += 1) {
    const bytes = randomBytes(1 + (round % 64))
    expect(fileNameToBytes(fileNameFromBytes(bytes))).toEqual(bytes)
  }
})

it('keeps two names apart that differ in one bad byte', () => {
  const names = Array.from({ length: 128 }, (_, at) => fileNameFromBytes(Buffer.from([0x61, 0x80 + at])))
  expect(new Set(names).size).toBe(128)
})

it('refuses text that is no name', () => {
  expect(() => fileNameToBytes('a\ud800b')).toThrow(Fault)
  expect(() => fileNameToBytes('a\udc00b')).toThrow(Fault)
})
