/** What Chromium has of the File System Access API beyond TypeScript's own types (wicg.github.io/file-system-access). */
interface FileSystemHandle {
  queryPermission?(wanted: { mode: 'read' }): Promise<PermissionState>
  requestPermission?(wanted: { mode: 'read' }): Promise<PermissionState>
}

interface FileSystemDirectoryHandle {
  values(): AsyncIterable<FileSystemHandle>
}

interface DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>
}

interface Window {
  showDirectoryPicker?(options: { id: string; mode: 'read' }): Promise<FileSystemDirectoryHandle>
}
