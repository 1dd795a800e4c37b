interface Part {
  properties: Buffer[]
  data: Buffer
}

const box = (type: string, ...inside: Buffer[]): Buffer => {
  const content = Buffer.concat(inside)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}
const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
const u32 = (value: number) => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)])
const version = u32(0)

/** Boxes within a part of a file. */
function inside(bytes: Buffer): Map<string, Buffer> {
  const boxes = new Map<string, Buffer>()
  for (let at = 0; at + 8 <= bytes.length; at += bytes.readUInt32BE(at))
    boxes.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at, at + bytes.readUInt32BE(at)))
  return boxes
}

/** The one picture of a simple HEIC file: its properties as boxes, and its coded data. */
function partOf(heic: Buffer): Part {
  const file = inside(heic)
  const meta = inside(file.get('meta')!.subarray(12))
  const ipco = inside(meta.get('iprp')!.subarray(8)).get('ipco')!
  return { properties: [...inside(ipco.subarray(8)).values()], data: file.get('mdat')!.subarray(8) }
}

/** A HEIC file of two pictures, each out of a file that has just it. @param primary 1 or 2 */
export function heicOfTwo(one: Buffer, other: Buffer, primary: 1 | 2): Buffer {
  const parts = [partOf(one), partOf(other)]
  const file = inside(one)
  const hdlr = inside(file.get('meta')!.subarray(12)).get('hdlr')!
  const entry = (id: number) => box('infe', u32(0x02000000), u16(id), u16(0), Buffer.from('hvc1\0'))
  let property = 0
  const associations = parts.map(({ properties }, i) => {
    const numbers = properties.map(() => (property += 1))
    return Buffer.concat([u16(i + 1), Buffer.from([numbers.length, ...numbers])])
  })
  const metaOf = (offset: number): Buffer => {
    const places = parts.map(({ data }, i) => {
      const from = offset + (i === 0 ? 0 : parts[0]!.data.length)
      return Buffer.concat([u16(i + 1), u16(0), u32(0), u16(1), u32(from), u32(data.length)])
    })
    return box(
      'meta',
      version,
      hdlr,
      box('pitm', version, u16(primary)),
      box('iloc', version, u16(0x4440), u16(2), ...places),
      box('iinf', version, u16(2), entry(1), entry(2)),
      box(
        'iprp',
        box('ipco', ...parts.flatMap(part => part.properties)),
        box('ipma', version, u32(2), ...associations),
      ),
    )
  }
  const ftyp = file.get('ftyp')!
  const meta = metaOf(ftyp.length + metaOf(0).length + 8)
  return Buffer.concat([ftyp, meta, box('mdat', ...parts.map(part => part.data))])
}
