// Reads Mermaid charts, one a line of standard input as a JSON string, and answers
// each with what Mermaid's own parser understood, as one line of JSON.
import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

// Mermaid sanitizes texts with DOMPurify, which needs a document.
const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

// shown is a text as a reader sees it: Mermaid keeps entity codes in a form of its own
// until it draws. A text that brings an element with it is refused.
function shown(text) {
  const box = window.document.createElement('div');
  box.innerHTML = text.replaceAll('ﬂ°°', '&#').replaceAll('ﬂ°', '&').replaceAll('¶ß', ';');
  if (box.children.length > 0) throw new Error(`${JSON.stringify(text)} is drawn with an element`);
  return box.textContent;
}

const day = (date) => date.toISOString().slice(0, 10);

const readers = {
  gantt: (db) => ({
    title: shown(db.getDiagramTitle()),
    sections: db.getSections().map(shown),
    tasks: db.getTasks().map((task) => ({
      id: task.id, section: shown(task.section), name: shown(task.task), start: day(task.startTime), end: day(task.endTime),
      done: Boolean(task.done), crit: Boolean(task.crit), line: Boolean(task.vert),
    })),
    links: [...db.getLinks().keys()],
  }),
  stateDiagram: (db) => {
    const { nodes, edges } = db.getData();
    return {
      nodes: nodes.map((node) => ({ id: node.id, label: shown(node.label ?? ''), parent: node.parentId ?? '', group: Boolean(node.isGroup) })),
      edges: edges.map((edge) => ({ from: edge.start, to: edge.end, label: shown(edge.label ?? '') })),
    };
  },
  'flowchart-v2': (db) => ({
    nodes: [...db.getVertices().values()].map((node) => ({ id: node.id, label: shown(node.text ?? '') })),
    edges: db.getEdges().map((edge) => ({ from: edge.start, to: edge.end, label: shown(edge.text ?? '') })),
  }),
};

async function read(chart) {
  try {
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(chart);
    const rules = diagram.parser?.parser?.lexer?.rules ?? diagram.parser?.lexer?.rules ?? [];
    return { type: diagram.type, ...readers[diagram.type]?.(diagram.db), rules: rules.map((rule) => rule.source) };
  } catch (problem) {
    return { problem: String(problem.message ?? problem) };
  }
}

await mermaid.parse('gantt'); // makes the kinds of charts known
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await read(JSON.parse(line))) + '\n');
}
