import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** The Python stack: one line per file in, one line out. HOG with one upsampling, as face_recognition does by default. */
const PROGRAM = `
import sys, json, time, resource
try:
    import numpy as np, face_recognition
    from PIL import Image, ImageOps
except ImportError as missing:
    print(json.dumps({"missing": str(missing)}), flush=True); sys.exit(0)
side = int(sys.argv[1])
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    try:
        image = ImageOps.exif_transpose(Image.open(line.rstrip("\\n"))).convert("RGB")
        if side: image.thumbnail((side, side))
        pixels = np.array(image)
        start = time.process_time()
        boxes = face_recognition.face_locations(pixels, 1, "hog")
        middle = time.process_time()
        found = face_recognition.face_encodings(pixels, boxes)
        end = time.process_time()
        print(json.dumps({"cpuMs": (end - start) * 1000, "embedMs": (end - middle) * 1000,
            "embeddings": [e.tolist() for e in found],
            "boxes": [[l / image.width, t / image.height, (r - l) / image.width, (b - t) / image.height]
                for t, r, b, l in boxes],
            "rssMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)
    except Exception as fault:
        print(json.dumps({"cpuMs": 0, "embedMs": 0, "embeddings": [], "boxes": [], "rssMb": 0, "fault": str(fault)}), flush=True)
`

export interface PeerAnswer {
  /** Detection, landmarks and embeddings; decoding left out. */
  cpuMs: number
  embedMs: number
  embeddings: number[][]
  /** Left, top, width and height of each, relative to the photo. */
  boxes: [number, number, number, number][]
  rssMb: number
}

export interface FacePeer {
  read(file: string): Promise<PeerAnswer>
  close(): void
}

/**
 * Python's face_recognition (dlib) on one thread, or null where it is not installed.
 *
 * @param longSide pixels the photo is shrunk to first; 0 leaves it as it comes
 */
export async function startFacePeer(python: string, longSide: number): Promise<FacePeer | null> {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  const child = spawn(python, ['-W', 'ignore', '-c', PROGRAM, String(longSide)], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const failed = new Promise<null>(resolve => child.once('error', () => resolve(null)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Record<string, unknown>> => {
    const line = await lines.next()
    return line.done ? {} : (JSON.parse(line.value) as Record<string, unknown>)
  }
  const hello = await Promise.race([failed, next()])
  if (hello?.ready !== true) {
    child.kill()
    return null
  }
  return {
    read: async file => {
      child.stdin.write(`${file}\n`)
      return (await next()) as unknown as PeerAnswer
    },
    close: () => child.stdin.end(),
  }
}
