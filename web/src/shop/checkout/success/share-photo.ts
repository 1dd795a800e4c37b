import { boughtPreviewUrl } from '../../photos/index.ts'

const JPEG = { type: 'image/jpeg' }

/** Whether this browser can share pictures with the device's photos or another app. */
export const canSharePhotos = (): boolean =>
  navigator.canShare?.({ files: [new File(['-'], 'photo.jpg', JPEG)] }) ?? false

/**
 * Opens the system's share sheet with a bought photo's picture without a watermark. The picture is small: it must load
 * within the few seconds in which the browser still counts the press as the person's (transient activation).
 *
 * @throws Error when the picture could not be fetched or shared; not when the person closed the sheet
 */
export async function sharePhoto(photoId: string, fileName: string): Promise<void> {
  const answer = await fetch(boughtPreviewUrl(photoId))
  if (!answer.ok) throw new Error(`the picture was answered with ${answer.status}`)
  const name = `${fileName.replace(/\.[^.]*$/, '')}.jpg`
  const files = [new File([await answer.blob()], name, JPEG)]
  await navigator.share({ files }).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
  })
}
