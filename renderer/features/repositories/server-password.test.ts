import { expect, test } from 'vitest'
import { makeServerPassword, passwordCommand } from './server-password.ts'

test('a password that is made has 24 random bytes and needs no quoting', () => {
  const made = Array.from({ length: 200 }, makeServerPassword)
  expect(made.every((password) => /^[A-Za-z0-9_-]{32}$/.test(password))).toBe(true)
  expect(new Set(made).size).toBe(200)
})

test('the command names the user as one word and never the password', () => {
  expect(passwordCommand('db-01')).toBe('htpasswd -B -i /path/to/.htpasswd db-01')
  expect(passwordCommand("o'neil; rm")).toBe(`htpasswd -B -i /path/to/.htpasswd 'o'\\''neil; rm'`)
})
