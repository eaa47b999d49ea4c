// Command server-decoder tells what the Tinyforge server's YAML decoder makes of files.
//
// It reads the files' paths from standard input, one a line, and prints one line of JSON for each.
//
//	tree  the first document's nodes, in the order in which they start
//	spec  the file decoded into the spec's type
//
// Build it in its folder, with Debian's golang-gopkg-yaml.v3-dev installed:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o BIN main.go
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"time"

	yaml "gopkg.in/yaml.v3"
)

func main() {
	answer := map[string]func(path string) interface{}{"tree": tree, "spec": spec}
	if len(os.Args) != 2 || answer[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: server-decoder tree|spec < list-of-paths")
		os.Exit(2)
	}
	output := bufio.NewWriterSize(os.Stdout, 1<<16)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	paths := bufio.NewScanner(os.Stdin)
	for paths.Scan() {
		if err := encoder.Encode(answer[os.Args[1]](paths.Text())); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// load reads a file, which must be there.
func load(path string) []byte {
	content, err := os.ReadFile(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return content
}

// decode decodes the first document; a panic of the library becomes its second result.
func decode(content []byte, known bool, value interface{}) (err error, panicked string) {
	defer func() {
		if cause := recover(); cause != nil {
			panicked = fmt.Sprint(cause)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(known)
	return decoder.Decode(value), ""
}

type treeAnswer struct {
	Empty bool        `json:"empty,omitempty"`
	Error string      `json:"error,omitempty"`
	Panic string      `json:"panic,omitempty"`
	Nodes []nodeFacts `json:"nodes,omitempty"`
}

// nodeFacts is a node; texts that may be anything are base64.
type nodeFacts struct {
	Kind     string `json:"kind"`
	Style    string `json:"style"`
	Tagged   bool   `json:"tagged"`
	Tag      []byte `json:"tag"`
	Value    []byte `json:"value"`
	Anchor   []byte `json:"anchor"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Target   int    `json:"target"`
	Children []int  `json:"children"`
	Resolved string `json:"resolved"`
}

func tree(path string) interface{} {
	var document yaml.Node
	err, panicked := decode(load(path), false, &document)
	switch {
	case panicked != "":
		return treeAnswer{Panic: panicked}
	case err == io.EOF:
		return treeAnswer{Empty: true}
	case err != nil:
		return treeAnswer{Error: err.Error()}
	}
	arena := arena{numbers: map[*yaml.Node]int{}}
	arena.add(document.Content[0])
	return treeAnswer{Nodes: arena.nodes}
}

// arena holds nodes in the order in which they start.
type arena struct {
	nodes   []nodeFacts
	numbers map[*yaml.Node]int
}

func (a *arena) add(node *yaml.Node) int {
	number := len(a.nodes)
	a.numbers[node] = number
	a.nodes = append(a.nodes, facts(node))
	if node.Alias != nil {
		a.nodes[number].Target = a.numbers[node.Alias]
	}
	for _, child := range node.Content {
		index := a.add(child)
		a.nodes[number].Children = append(a.nodes[number].Children, index)
	}
	return number
}

func facts(node *yaml.Node) nodeFacts {
	kinds := map[yaml.Kind]string{
		yaml.ScalarNode: "scalar", yaml.MappingNode: "mapping", yaml.SequenceNode: "sequence",
		yaml.AliasNode: "alias",
	}
	return nodeFacts{
		Kind: kinds[node.Kind], Style: style(node), Tagged: node.Style&yaml.TaggedStyle != 0,
		Tag: valid(node.Tag), Value: []byte(node.Value), Anchor: []byte(node.Anchor),
		Line: node.Line, Column: node.Column, Target: -1, Children: []int{}, Resolved: resolved(node),
	}
}

// valid is a text with U+FFFD for each byte that is no UTF-8.
func valid(text string) []byte {
	return []byte(string([]rune(text)))
}

func style(node *yaml.Node) string {
	switch {
	case node.Style&yaml.DoubleQuotedStyle != 0:
		return "doubleQuoted"
	case node.Style&yaml.SingleQuotedStyle != 0:
		return "singleQuoted"
	case node.Style&yaml.LiteralStyle != 0:
		return "literal"
	case node.Style&yaml.FoldedStyle != 0:
		return "folded"
	case node.Style&yaml.FlowStyle != 0:
		return "flow"
	case node.Kind == yaml.MappingNode || node.Kind == yaml.SequenceNode:
		return "block"
	}
	return "plain"
}

// resolved tells what a scalar becomes where nothing is asked for.
func resolved(node *yaml.Node) string {
	if node.Kind != yaml.ScalarNode {
		return ""
	}
	var value interface{}
	if err := node.Decode(&value); err != nil {
		return "error"
	}
	switch value := value.(type) {
	case nil:
		return "null"
	case int:
		return fmt.Sprint("int ", value)
	case uint64:
		return fmt.Sprint("uint ", value)
	case float64:
		if math.IsNaN(value) {
			return "float nan"
		}
		return fmt.Sprint("float ", math.Float64bits(value))
	case time.Time:
		return "timestamp"
	case string:
		if node.Tag == "!!binary" {
			return "binary " + base64.StdEncoding.EncodeToString([]byte(value))
		}
		return "string"
	}
	return fmt.Sprintf("%T %v", value, value)
}

// Spec is .tinyforge.yml, version 1.
type Spec struct {
	Version int     `yaml:"version"`
	Deploy  *Deploy `yaml:"deploy"`
}

// Deploy holds what a spec may declare; what is nil is not declared.
type Deploy struct {
	Port           *int    `yaml:"port"`
	Healthcheck    *string `yaml:"healthcheck"`
	DeployStrategy *string `yaml:"deploy_strategy"`
}

type specAnswer struct {
	File     string   `json:"file"`
	Decodes  bool     `json:"decodes"`
	Error    string   `json:"error"`
	Version  int      `json:"version"`
	Declared declared `json:"declared"`
}

type declared struct {
	Port           *int    `json:"port,omitempty"`
	Healthcheck    *string `json:"healthcheck_base64,omitempty"`
	DeployStrategy *string `json:"deploy_strategy_base64,omitempty"`
}

func spec(path string) interface{} {
	var spec Spec
	err, panicked := decode(load(path), true, &spec)
	if panicked != "" {
		return specAnswer{File: path, Error: "panic: " + panicked}
	}
	if err != nil {
		return specAnswer{File: path, Error: err.Error()}
	}
	answer := specAnswer{File: path, Decodes: true, Version: spec.Version}
	if spec.Deploy != nil {
		answer.Declared = declared{
			spec.Deploy.Port, encoded(spec.Deploy.Healthcheck), encoded(spec.Deploy.DeployStrategy),
		}
	}
	return answer
}

// encoded is the base64 of a text that may be absent, as encoding/json would write it: with U+FFFD for
// each byte that is no UTF-8.
func encoded(text *string) *string {
	if text == nil {
		return nil
	}
	encoded := base64.StdEncoding.EncodeToString(valid(*text))
	return &encoded
}
