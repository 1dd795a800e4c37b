import { EMBEDDING_LENGTH, startEmbeddingSearch } from '@pix/contracts/faces.ts'
import { DIMENSIONS } from '@pix/faces/index/embedding.ts'
import { EMBEDDING_LENGTH as MADE } from '@pix/faces/see/describe-faces.ts'
import { expect, test } from 'vitest'

const numbers = (count: number) => Array.from({ length: count }, () => 0.1)

test('the wire takes an embedding of just as many numbers as the engine makes', () => {
  const { embedding } = startEmbeddingSearch.schema.body.shape

  expect(embedding.safeParse(numbers(DIMENSIONS)).success).toBe(true)
  expect(embedding.safeParse(numbers(DIMENSIONS + 1)).success).toBe(false)
  expect(embedding.safeParse(numbers(DIMENSIONS - 1)).success).toBe(false)
})

test('the wire takes the length that the engines give their embeddings, and hardly any other', () => {
  expect(EMBEDDING_LENGTH.least).toBeCloseTo(MADE - 0.01)
  expect(EMBEDDING_LENGTH.most).toBeCloseTo(MADE + 0.01)
})
