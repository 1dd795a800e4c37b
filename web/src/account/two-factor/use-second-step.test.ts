import { ProblemError } from '@pix/contracts/client.ts'
import { expect, test } from 'vitest'
import { useSecondStep } from './use-second-step.ts'

const refused = (code: 'second_factor_needed' | 'wrong_password') => () =>
  Promise.reject(new ProblemError({ code, status: 401 }))

test('only the answer that a code is needed asks for one; any other failure is the first step’s own', async () => {
  const { needsCode, firstStep } = useSecondStep()
  await expect(firstStep(refused('wrong_password'))).rejects.toMatchObject({ code: 'wrong_password' })
  expect(needsCode.value).toBe(false)
  await firstStep(refused('second_factor_needed'))
  expect(needsCode.value).toBe(true)
})
