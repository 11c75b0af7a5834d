import { z } from 'zod'

// Before any schema is made: zod's compiler asks for `Function`, which our content security policy forbids.
z.config({ jitless: true })
