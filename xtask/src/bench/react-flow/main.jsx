// The graph of a flow, drawn by React Flow as its guide to large graphs advises: memoised nodes and edges, no shadows, and
// lists that keep their identity.
import { memo, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { Background, Handle, Position, ReactFlow, useEdgesState, useNodesState } from "@xyflow/react";
import "./main.css";

const Step = memo(({ data }) => (
  <div className="step">
    <Handle type="target" position={Position.Top} />
    <span className="step-face">
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeLinecap="round" strokeLinejoin="round">
        <path d="M4 7h16M4 12h16M4 17h10" />
      </svg>
    </span>
    <b className="step-name">{data.name}</b>
    <small className="step-about">{data.about}</small>
    <span className="step-number">{data.number}</span>
    <span className="step-dot" />
    <Handle type="source" position={Position.Bottom} />
  </div>
));

// The line is drawn where the Studio draws it; nothing is computed for it here.
const Line = memo(({ data }) => <path className="react-flow__edge-path" d={data.path} fill="none" />);

const nodeTypes = { step: Step };
const edgeTypes = { line: Line };

function Canvas({ graph, onlyVisible }) {
  const [nodes, setNodes, onNodesChange] = useNodesState(graph.nodes);
  const [edges, , onEdgesChange] = useEdgesState(graph.edges);
  // Changes what one step is called, as an edit does.
  window.rename = (id, name) =>
    setNodes((nodes) => nodes.map((node) => (node.id === id ? { ...node, data: { ...node.data, name } } : node)));
  const size = useMemo(() => ({ width: graph.size[0], height: graph.size[1] }), [graph]);
  return (
    <div style={size}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        defaultViewport={graph.opening}
        minZoom={graph.zooms[0]}
        maxZoom={graph.zooms[1]}
        onlyRenderVisibleElements={onlyVisible}
        panOnScroll
        zoomOnPinch
        onInit={(flow) => (window.flow = flow)}
      >
        <Background />
      </ReactFlow>
    </div>
  );
}

const root = createRoot(document.getElementById("root"));
let shown = 0;

window.show = (graph, onlyVisible) =>
  flushSync(() => root.render(<Canvas key={++shown} graph={graph} onlyVisible={onlyVisible} />));
window.clear = () => flushSync(() => root.render(null));
