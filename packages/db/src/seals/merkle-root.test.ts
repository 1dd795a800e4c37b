import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { leafHash, merklePaths, merkleRoot } from './merkle-root.ts'

/** The examples of the certificate-transparency project, whose trees are those of RFC 9162. */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const leafOf = (hex: string) =>
  createHash('sha256')
    .update(Buffer.from(`00${hex}`, 'hex'))
    .digest()

test('a tree of zero to eight leaves has the root that certificate transparency gives it', () => {
  for (const [count, root] of ROOTS.entries())
    expect(merkleRoot(INPUTS.slice(0, count).map(leafOf)).toString('hex')).toBe(root)
})

test('a leaf is hashed from its text in UTF-8, behind a mark of its own', () => {
  expect(leafHash('ก').equals(leafOf('e0b881'))).toBe(true)
})

test('the path of every leaf of trees of one to nine leads to the root', () => {
  for (let count = 1; count <= 9; count += 1) {
    const leaves = Array.from({ length: count }, (_, n) => leafHash(String(n)))
    const pathOf = merklePaths(leaves)
    for (const [index, leaf] of leaves.entries()) {
      const end = pathOf(index).reduce((node, { side, hash }) => {
        const beside = Buffer.from(hash, 'hex')
        const pair = side === 'left' ? [beside, node] : [node, beside]
        return createHash('sha256')
          .update(Buffer.concat([Buffer.of(1), ...pair]))
          .digest()
      }, leaf)
      expect(end.equals(merkleRoot(leaves))).toBe(true)
    }
  }
})

test('the paths of all leaves of a seal’s tree are read from one tree, whose leaves are read once', () => {
  let reads = 0
  const leaves = Array.from({ length: 1_000 }, (_, n) => leafHash(String(n)))
  const counted = new Proxy(leaves, {
    get(of, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1
      return Reflect.get(of, key) as unknown
    },
  })
  const pathOf = merklePaths(counted)
  const paths = leaves.map((_, index) => pathOf(index))
  expect(reads).toBe(leaves.length)
  expect(paths[4]![0]).toEqual({ side: 'right', hash: leaves[5]!.toString('hex') })
  expect(paths[5]![0]).toEqual({ side: 'left', hash: leaves[4]!.toString('hex') })
  expect(new Set(paths.map(path => path.length))).toEqual(new Set([10, 8]))
})
