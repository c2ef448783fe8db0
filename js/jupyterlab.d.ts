// What the extensions of JupyterLab find in it: of its own types (@jupyterlab/notebook and others) as much as they use.

/** What modules JupyterLab shares: name -> version -> how to get it. */
type SharedModules = Record<string, Record<string, { get(): Promise<() => Record<string, unknown>> }>>;

interface Window {
  /** Where JupyterLab looks for the containers of its extensions. */
  _JUPYTERLAB?: Record<string, { init(scope: SharedModules): void; get(): Promise<() => unknown> }>;
}

interface JupyterSignal<Sender, Value> {
  connect(slot: (sender: Sender, value: Value) => void): boolean;
}
interface JupyterKernel {
  status: string;
  info: Promise<unknown>;
}
interface NotebookPanel {
  context: { path: string };
  sessionContext: {
    session: { kernel: JupyterKernel | null } | null;
    restartKernel(): Promise<void>;
    statusChanged: JupyterSignal<unknown, string>;
    kernelChanged: JupyterSignal<unknown, unknown>;
  };
}
interface NotebookTracker {
  currentWidget: NotebookPanel | null;
  currentChanged: JupyterSignal<NotebookTracker, NotebookPanel | null>;
}
interface JupyterLogger {
  length: number;
  outputAreaModel: { get(index: number): { level: string; data: Record<string, unknown> } | undefined };
  contentChanged: JupyterSignal<JupyterLogger, unknown>;
}
interface LoggerRegistry {
  getLoggers(): JupyterLogger[];
  registryChanged: JupyterSignal<LoggerRegistry, unknown>;
}
interface JupyterApp {
  commands: { commandExecuted: JupyterSignal<unknown, { id: string }> };
}

/** A node of a text that jupyterlab-myst has parsed. */
interface MystNode {
  type: string;
  value?: string;
  label?: string;
  kind?: string;
  name?: string;
  identifier?: string;
  url?: string;
  title?: string;
  enumerated?: boolean;
  children?: MystNode[];
}
interface NotebookCell {
  node: HTMLElement;
  isDisposed: boolean;
  model: { getMetadata(key: string): { figure?: { name?: string } } | undefined };
  /** Of jupyterlab-myst's cells of text. */
  _fragmentMDAST?: MystNode;
  updateFragmentMDAST?(): Promise<void>;
}
interface CellOptions {
  rendermime: { resolver?: { path: string } | null };
}
interface ContentFactory {
  createMarkdownCell(options: CellOptions): NotebookCell;
  createCodeCell(options: CellOptions): NotebookCell;
}

/** Of one edition of the book, as tools/lab_references.py writes it. */
interface BookReferences {
  labels: Record<string, [page: string, place: string, number: string, title: string]>;
  terms: Record<string, [page: string, place: string]>;
  citations: Record<string, [authors: string, year: string, address?: string, entry?: string]>;
  experiments: Record<string, [text: string]>;
  claims: Record<string, [text: string]>;
}
