import { type ShallowRef, shallowRef, watch } from 'vue'

/** Pixels of the code's picture: any camera reads it, also from another screen. */
const SIDE = 960
const AMOUNT_PX = 88
const LINE_PX = 40
/** Height of a line of text, as a multiple of its size: Thai marks stand above and below. */
const LEADING = 1.5
const FONTS = "'Inter Variable', 'Noto Sans Thai Variable', sans-serif"

/** What stands below the code, so that it is known among other pictures. */
export interface QrWords {
  amount: string
  lines: readonly string[]
}

/**
 * The code as a file that galleries and bank apps open: drawn as PNG with its amount and what it is for. Where it cannot
 * be drawn it stays as it is.
 */
export function usePng(
  picture: () => string | null | undefined,
  words: () => QrWords,
): Readonly<ShallowRef<string | null>> {
  const png = shallowRef<string | null>(null)
  watch(
    picture,
    async given => {
      png.value = null
      if (!given) return
      const drawn = await drawPng(given, words()).catch(() => given)
      if (picture() === given) png.value = drawn
    },
    { immediate: true },
  )
  return png
}

async function drawPng(source: string, { amount, lines }: QrWords): Promise<string> {
  const image = new Image(SIDE, SIDE)
  image.src = source
  await image.decode()
  const side = sideOf(image)
  const canvas = document.createElement('canvas')
  const width = Math.max(SIDE, side)
  canvas.width = width
  canvas.height = side + Math.ceil((AMOUNT_PX + LINE_PX * lines.length) * LEADING) + LINE_PX
  const context = canvas.getContext('2d')!
  context.imageSmoothingEnabled = false
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, (width - side) / 2, 0, side, side)
  context.fillStyle = 'black'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  let top = side
  const write = (text: string, px: number, weight: number) => {
    context.font = `${weight} ${px}px ${FONTS}`
    context.fillText(text, width / 2, top + (px * LEADING) / 2, width - 2 * LINE_PX)
    top += px * LEADING
  }
  write(amount, AMOUNT_PX, 700)
  for (const line of lines) write(line, LINE_PX, 500)
  return canvas.toDataURL('image/png')
}

/** A picture of pixels is enlarged by a whole number, so that all dots of its code stay alike. */
function sideOf({ src, naturalWidth }: HTMLImageElement): number {
  if (src.startsWith('data:image/svg')) return SIDE
  return naturalWidth * Math.max(1, Math.floor(SIDE / naturalWidth))
}
