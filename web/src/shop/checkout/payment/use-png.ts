import { type ShallowRef, shallowRef, watch } from 'vue'

/** Pixels of a picture that is drawn from lines: any camera reads it, also from another screen. */
const SIDE = 960

/** The picture as a file that galleries and bank apps open: an SVG is drawn as PNG, any other stays as it is. */
export function usePng(picture: () => string | null | undefined): Readonly<ShallowRef<string | null>> {
  const png = shallowRef<string | null>(null)
  watch(
    picture,
    async given => {
      png.value = given?.startsWith('data:image/svg') ? null : (given ?? null)
      if (!given || png.value) return
      const drawn = await drawPng(given).catch(() => given)
      if (picture() === given) png.value = drawn
    },
    { immediate: true },
  )
  return png
}

async function drawPng(svg: string): Promise<string> {
  const image = new Image(SIDE, SIDE)
  image.src = svg
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const context = canvas.getContext('2d')!
  context.fillStyle = 'white'
  context.fillRect(0, 0, SIDE, SIDE)
  context.drawImage(image, 0, 0, SIDE, SIDE)
  return canvas.toDataURL('image/png')
}
