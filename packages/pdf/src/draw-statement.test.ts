import { expect, test } from 'vitest'
import { drawSampleStatement, SAMPLE_STATEMENTS } from './sample-statements.ts'

const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

test('a statement is the same file, byte for byte, carries its proofs, and goes over pages where it is long', async () => {
  const { statement, 'statement-empty': empty, 'statement-long': long } = SAMPLE_STATEMENTS
  const [one, two] = [await drawSampleStatement(statement), await drawSampleStatement(structuredClone(statement))]
  expect(one.equals(two)).toBe(true)
  expect(one.includes('proofs-0001.json')).toBe(true)
  expect([pagesOf(one), pagesOf(await drawSampleStatement(empty))]).toEqual([1, 1])
  expect(pagesOf(await drawSampleStatement(long))).toBeGreaterThan(10)
})
