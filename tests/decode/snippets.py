"""One small program a language, each with a function ``needle``.

The first and the last line of what belongs to the function, its comment included, begin with §
(one line both begins and ends with it if it is the only one). The mark is taken away before use.
"""

from __future__ import annotations

SNIPPETS: dict[str, tuple[str, str]] = {}
"""Language to (file name, program)."""


def _add(language: str, name: str, program: str) -> None:
    SNIPPETS[language] = (name, program.strip("\n") + "\n")


_add(
    "python",
    "x.py",
    '''
import os

LIMIT = 3


class Haystack:
    """A stack of hay."""

    size = 1

    def other(self):
        a = 1
        return a

§    # Finds the needle.
    @staticmethod
    @cache(
        size=3,
    )
    def needle(hay: str) -> int:
        """Search the hay."""

§        return len(hay)


def last():
    first = 1
    return first
''',
)
_add(
    "javascript",
    "x.js",
    """
import fs from "fs";
const LIMIT = 3;

export class Haystack {
  size = 1;

  other() {
    const a = 1;
    return a;
  }

§  /**
   * Finds the needle.
   */
  async needle(hay) {
    return hay.length;
§  }
}

// Adds.
export const add = (a, b) => {
  const sum = a + b;
  return sum;
};
""",
)
_add(
    "typescript",
    "x.ts",
    """
interface Straw {
  length: number;
  colour: string;
}

@Component({
  name: "x",
})
export class Haystack<T> {
  private size: number = 1;

  constructor(private a: T) {
    console.log(a);
  }

§  // Finds the needle.
  @Input({
    b: 1,
  })
  public needle(hay: string[]): number {
    return hay.length;
§  }
}

enum Colour {
  Red,
  Green,
}
""",
)
_add(
    "tsx",
    "x.tsx",
    """
import React from "react";

function Other() {
  const a = 1;
  return <div>{a}</div>;
}

§// Finds the needle.
export const needle: React.FC<{ hay: string }> = ({ hay }) => {
  return (
    <ul>
      <li>{hay}</li>
    </ul>
  );
§};
""",
)
_add(
    "java",
    "X.java",
    """
package hay;

import java.util.List;

/** A stack. */
public class Haystack extends Stack {
    private int size = 1;

    public Haystack(int size) {
        this.size = size;
        check();
    }

§    /**
     * Finds the needle.
     */
    @Override
    @SuppressWarnings("x")
    public <T> int needle(List<T> hay) {
        return hay.size();
§    }

    enum Colour {
        RED,
        GREEN
    }
}
""",
)
_add(
    "kotlin",
    "x.kt",
    """
package hay

data class Straw(val length: Int)

class Haystack(private val size: Int) {
    val a = 1

    fun other(): Int {
        val b = a
        return b
    }

§    /** Finds the needle. */
    @JvmStatic
    override fun needle(hay: List<String>): Int {
        return hay.size
§    }
}
""",
)
_add(
    "scala",
    "x.scala",
    """
package hay

object Haystack extends App {
  val a = 1

  def other(b: Int): Int = {
    val c = b
    c
  }

§  /** Finds the needle. */
  @tailrec
  def needle(hay: List[String]): Int = {
    val n = hay.size
    n
§  }
}
""",
)
_add(
    "groovy",
    "x.groovy",
    """
package hay

class Haystack {
    int size = 1

    int other(int a) {
        int b = a
        return b
    }

§    // Finds the needle.
    int needle(List hay) {
        return hay.size()
§    }
}
""",
)
_add(
    "c",
    "x.c",
    """
#include <stdio.h>

struct straw {
    int length;
    int colour;
};

static int other(int a)
{
    int b = a;
    return b;
}

§/* Finds
 * the needle. */
static char *needle(const char *hay, int n)
{
    return n ? (char *)hay : 0;
§}

int main(void)
{
    int a = other(1);
    return a;
}
""",
)
_add(
    "cpp",
    "x.cpp",
    """
#include <string>

namespace hay {

class Haystack : public Stack {
public:
    Haystack();
    int other(int a) const {
        int b = a;
        return b;
    }

private:
    int size_;
};

§// Finds the needle.
template <typename T>
int Haystack::needle(const std::vector<T>& hay)
{
    return hay.size();
§}

}  // namespace hay
""",
)
_add(
    "cuda",
    "x.cu",
    """
#include <cuda.h>

__device__ int other(int a) {
    int b = a;
    return b;
}

§// Finds the needle.
__global__ void needle(float *hay, int n) {
    int i = threadIdx.x;
    hay[i] = n;
§}
""",
)
_add(
    "objc",
    "x.m",
    """
#import <Foundation/Foundation.h>

@interface Haystack : NSObject
@property int size;
- (int)other;
@end

@implementation Haystack

- (int)other {
    int a = 1;
    return a;
}

§// Finds the needle.
- (int)needle:(NSArray *)hay {
    return [hay count];
§}

@end
""",
)
_add(
    "csharp",
    "x.cs",
    """
using System;

namespace Hay
{
    public record Straw(int Length);

    public class Haystack : Stack
    {
        private int size = 1;

        public int Other(int a)
        {
            int b = a;
            return b;
        }

§        /// <summary>Finds the needle.</summary>
        [Obsolete("x")]
        public int needle(List<string> hay)
        {
            return hay.Count;
§        }
    }
}
""",
)
_add(
    "fsharp",
    "x.fs",
    """
module Hay

type Straw = { Length: int; Colour: string }

let other a =
    let b = a
    b + 1

§/// Finds the needle.
let needle (hay: string list) =
    let n = List.length hay
§    n + 1
""",
)
_add(
    "go",
    "x.go",
    """
package hay

import "fmt"

type Haystack struct {
	size int
	name string
}

func other(a int) int {
	b := a
	return b
}

§// needle finds the needle.
// It is fast.
func (h *Haystack) needle(hay []string) int {
	return len(hay)
§}
""",
)
_add(
    "rust",
    "x.rs",
    """
use std::io;

#[derive(Debug)]
pub struct Haystack {
    size: usize,
}

impl Haystack {
    fn other(&self) -> usize {
        let a = self.size;
        a
    }

§    /// Finds the needle.
    #[inline]
    #[must_use]
    pub fn needle<T>(&self, hay: &[T]) -> usize {
        hay.len()
§    }
}

mod tests {
    fn first() {
        let a = 1;
        assert_eq!(a, 1);
    }
}
""",
)
_add(
    "ruby",
    "x.rb",
    """
require "set"

module Hay
  class Haystack < Stack
    attr_reader :size

    def other(a)
      b = a
      b
    end

§    # Finds the needle.
    def needle(hay)
      hay.length
§    end
  end
end
""",
)
_add(
    "php",
    "x.php",
    """
<?php

namespace Hay;

class Haystack extends Stack
{
    private int $size = 1;

    public function other($a)
    {
        $b = $a;
        return $b;
    }

§    /**
     * Finds the needle.
     */
    #[Pure]
    public function needle(array $hay): int
    {
        return count($hay);
§    }
}
""",
)
_add(
    "swift",
    "x.swift",
    """
import Foundation

struct Straw {
    let length: Int
    let colour: String
}

class Haystack: Stack {
    var size = 1

    init(size: Int) {
        self.size = size
        check()
    }

§    /// Finds the needle.
    @discardableResult
    func needle(_ hay: [String]) -> Int {
        return hay.count
§    }
}
""",
)
_add(
    "dart",
    "x.dart",
    """
import 'dart:io';

class Haystack extends Stack {
  int size = 1;

  int other(int a) {
    var b = a;
    return b;
  }

§  /// Finds the needle.
  @override
  int needle(List<String> hay) {
    return hay.length;
§  }
}

int first(int a) {
  var b = a;
  return b;
}
""",
)
_add(
    "zig",
    "x.zig",
    """
const std = @import("std");

const Haystack = struct {
    size: u32,

    fn other(a: u32) u32 {
        const b = a;
        return b;
    }

§    /// Finds the needle.
    pub fn needle(hay: []const u8) usize {
        return hay.len;
§    }
};
""",
)
_add(
    "nim",
    "x.nim",
    """
import os

type
  Haystack = object
    size: int
    name: string

proc other(a: int): int =
  let b = a
  return b

§# Finds the needle.
proc needle*(hay: seq[string]): int =
  ## Searches.
  let n = hay.len
§  return n
""",
)
_add(
    "d",
    "x.d",
    """
module hay;

import std.stdio;

class Haystack {
    int size;

    int other(int a) {
        int b = a;
        return b;
    }

§    /// Finds the needle.
    int needle(string[] hay) {
        return cast(int) hay.length;
§    }
}
""",
)
_add(
    "haskell",
    "x.hs",
    """
module Hay where

import Data.List

data Straw = Straw
  { len :: Int
  , colour :: String
  }

other :: Int -> Int
other a =
  let b = a
  in b

§-- | Finds the needle.
needle :: [String] -> Int
needle [] = 0
needle (_ : hay) =
  1 + rest
  where
§    rest = needle hay

class Stack a where
  push :: a -> a
  pop :: a -> a
""",
)
_add(
    "ocaml",
    "x.ml",
    """
open Printf

type straw = { length : int; colour : string }

module Haystack = struct
  let other a =
    let b = a in
    b

§  (** Finds the needle. *)
  let rec needle hay =
    match hay with
    | [] -> 0
§    | _ :: rest -> 1 + needle rest
end
""",
)
_add(
    "elixir",
    "x.ex",
    '''
defmodule Haystack do
  use GenServer

  def other(a) do
    b = a
    b
  end

§  @doc """
  Finds the needle.
  """
  @spec needle(list) :: integer
  def needle(hay) when is_list(hay) do
    length(hay)
§  end

  defp hidden(a) do
    b = a
    b
  end
end
''',
)
_add(
    "erlang",
    "x.erl",
    """
-module(hay).
-export([needle/1]).

other(A) ->
    B = A,
    B.

§%% Finds the needle.
-spec needle(list()) -> integer().
needle([]) ->
    0;
needle(Hay) ->
    N = length(Hay),
§    N.

last(A) ->
    B = A,
    B.
""",
)
_add(
    "elm",
    "X.elm",
    """
module Hay exposing (needle)

import Html

type alias Straw =
    { length : Int
    , colour : String
    }

other : Int -> Int
other a =
    a
        + 1

§{-| Finds the needle. -}
needle : List String -> Int
needle hay =
    List.length hay
§        + 0
""",
)
_add(
    "clojure",
    "x.clj",
    """
(ns hay.core
  (:require [clojure.string :as str]))

(defn other [a]
  (let [b a]
    b))

§;; Finds the needle.
(defn needle
  "Searches the hay."
  [hay]
  (let [n (count hay)]
§    n))
""",
)
_add(
    "scheme",
    "x.scm",
    """
(define limit 3)

(define (other a)
  (let ((b a))
    b))

§;; Finds the needle.
(define (needle hay)
  (let ((n (length hay)))
§    n))
""",
)
_add(
    "racket",
    "x.rkt",
    """
#lang racket

(define (other a)
  (let ([b a])
    b))

§;; Finds the needle.
(define (needle hay)
  (let ([n (length hay)])
§    n))
""",
)
_add(
    "commonlisp",
    "x.lisp",
    """
(in-package :hay)

(defun other (a)
  (let ((b a))
    b))

§;; Finds the needle.
(defun needle (hay)
  "Searches."
  (let ((n (length hay)))
§    n))
""",
)
_add(
    "elisp",
    "x.el",
    """
(require 'cl-lib)

(defun other (a)
  (let ((b a))
    b))

§;; Finds the needle.
(defun needle (hay)
  "Searches HAY."
  (let ((n (length hay)))
§    n))
""",
)
_add(
    "lua",
    "x.lua",
    """
local Haystack = {}

function Haystack.other(a)
  local b = a
  return b
end

§-- Finds the needle.
function Haystack:needle(hay)
  local n = #hay
  return n
§end

local add = function(a, b)
  local sum = a + b
  return sum
end

return Haystack
""",
)
_add(
    "luau",
    "x.luau",
    """
local Haystack = {}

function Haystack.other(a: number): number
  local b = a
  return b
end

§-- Finds the needle.
local function needle(hay: { string }): number
  local n = #hay
  return n
§end
""",
)
_add(
    "perl",
    "x.pl",
    """
package Hay;
use strict;

sub other {
    my ($a) = @_;
    return $a;
}

§# Finds the needle.
sub needle {
    my (@hay) = @_;
    return scalar @hay;
§}

1;
""",
)
_add(
    "r",
    "x.r",
    """
library(stats)

other <- function(a) {
  b <- a
  b
}

§#' Finds the needle.
#' @param hay the hay
needle <- function(hay) {
  n <- length(hay)
  n
§}
""",
)
_add(
    "julia",
    "x.jl",
    '''
module Hay

struct Straw
    length::Int
    colour::String
end

function other(a)
    b = a
    return b
end

§"""
Finds the needle.
"""
@inline function needle(hay::Vector{T}) where {T}
    n = length(hay)
    return n
§end

end
''',
)
_add(
    "matlab",
    "x.mat4",
    """
% A file of functions.
function b = other(a)
    b = a;
    b = b + 1;
end

§% Finds the needle.
function n = needle(hay)
    % Searches.
    n = length(hay);
§end
""",
)
_add(
    "fortran",
    "x.f90",
    """
module hay
  implicit none
contains

  subroutine other(a)
    integer :: a
    a = 1
  end subroutine other

§  ! Finds the needle.
  function needle(hay) result(n)
    character(len=*) :: hay
    integer :: n
    n = len(hay)
§  end function needle

end module hay
""",
)
_add(
    "pascal",
    "x.pas",
    """
unit Hay;

interface

type
  THaystack = class
    Size: Integer;
    function Needle(Hay: string): Integer;
  end;

implementation

procedure Other(A: Integer);
begin
  A := 1;
end;

§{ Finds the needle. }
function THaystack.Needle(Hay: string): Integer;
var
  N: Integer;
begin
  N := Length(Hay);
  Result := N;
§end;

end.
""",
)
_add(
    "ada",
    "x.adb",
    """
package body Hay is

   procedure Other (A : in out Integer) is
   begin
      A := 1;
   end Other;

§   --  Finds the needle.
   function Needle (Hay : String) return Integer is
      N : Integer;
   begin
      N := Hay'Length;
      return N;
§   end Needle;

end Hay;
""",
)
_add(
    "bash",
    "x.sh",
    """
#!/bin/bash
set -eu

other() {
  local a=$1
  echo "$a"
}

§# Finds the needle.
function needle {
  local hay=$1
  grep needle "$hay"
§}

needle "$@"
""",
)
_add(
    "fish",
    "x.fish",
    """
set limit 3

function other
    set a $argv
    echo $a
end

§# Finds the needle.
function needle --argument hay
    set n (count $hay)
    echo $n
§end
""",
)
_add(
    "powershell",
    "x.ps1",
    """
param([string]$Path)

function Get-Other($a) {
    $b = $a
    return $b
}

§# Finds the needle.
function Find-Needle {
    param([string[]]$Hay)
    return $Hay.Count
§}
""",
)
_add(
    "tcl",
    "x.tcl",
    """
package require Tcl

proc other {a} {
    set b $a
    return $b
}

§# Finds the needle.
proc needle {hay} {
    set n [llength $hay]
    return $n
§}
""",
)
_add(
    "vim",
    "x.vim",
    """
let g:limit = 3

function! s:Other(a)
  let b = a:a
  return b
endfunction

§" Finds the needle.
function! hay#needle(hay) abort
  let n = len(a:hay)
  return n
§endfunction
""",
)
_add(
    "sql",
    "x.sql",
    """
CREATE TABLE straw (
    id INTEGER PRIMARY KEY,
    colour TEXT
);

§-- Finds the needle.
CREATE FUNCTION needle(hay TEXT) RETURNS INTEGER AS $$
    SELECT length(hay);
§$$ LANGUAGE SQL;

SELECT * FROM straw
WHERE colour = 'red';
""",
)
_add(
    "solidity",
    "x.sol",
    """
pragma solidity ^0.8.0;

contract Haystack {
    uint size;

    function other(uint a) public pure returns (uint) {
        uint b = a;
        return b;
    }

§    /// Finds the needle.
    function needle(string memory hay) public pure returns (uint) {
        bytes memory b = bytes(hay);
        return b.length;
§    }
}
""",
)
_add(
    "verilog",
    "x.v",
    """
module other(input a, output b);
  wire c;
  assign b = a;
endmodule

§// Finds the needle.
module needle(input [7:0] hay, output n);
  wire m;
  assign n = |hay;
§endmodule
""",
)
_add(
    "vhdl",
    "x.vhd",
    """
library ieee;

entity other is
  port (a : in bit; b : out bit);
end entity;

§-- Finds the needle.
entity needle is
  port (hay : in bit;
        n : out bit);
§end entity;
""",
)
_add(
    "proto",
    "x.proto",
    """
syntax = "proto3";

message Straw {
  int32 length = 1;
  string colour = 2;
}

§// Finds the needle.
message needle {
  repeated Straw hay = 1;
  int32 n = 2;
§}
""",
)
_add(
    "graphql",
    "x.graphql",
    """
type Straw {
  length: Int
  colour: String
}

§# Finds the needle.
type needle {
  hay: [Straw]
  n: Int
§}
""",
)
_add(
    "hcl",
    "x.hcl",
    """
variable "limit" {
  type    = number
  default = 3
}

§# Finds the needle.
resource "aws_instance" "needle" {
  ami  = "hay"
  size = 3
§}
""",
)
_add(
    "terraform",
    "x.tf",
    """
variable "limit" {
  type    = number
  default = 3
}

§# Finds the needle.
resource "aws_instance" "needle" {
  ami  = "hay"
  size = 3
§}
""",
)
_add(
    "nix",
    "x.nix",
    """
{ pkgs }:
rec {
  other = a:
    let b = a;
    in b;

§  # Finds the needle.
  needle = hay:
    let n = builtins.length hay;
§    in n;
}
""",
)
_add(
    "make",
    "Makefile",
    """
LIMIT = 3

other: a.c
	cc -c a.c
	echo done

§# Finds the needle.
needle: hay.c
	cc -c hay.c
§	echo needle

last:
	echo last
	echo last
""",
)
_add(
    "cmake",
    "CMakeLists.txt",
    """
project(hay)

function(other a)
  set(b ${a})
  message(${b})
endfunction()

§# Finds the needle.
function(needle hay)
  list(LENGTH hay n)
  message(${n})
§endfunction()
""",
)
_add(
    "gdscript",
    "x.gd",
    """
extends Node

var size = 1

func other(a):
    var b = a
    return b

§# Finds the needle.
func needle(hay):
    var n = hay.size()
§    return n
""",
)
_add(
    "haxe",
    "x.hx",
    """
package hay;

class Haystack {
    var size:Int;

    function other(a:Int):Int {
        var b = a;
        return b;
    }

§    // Finds the needle.
    public function needle(hay:String):Int {
        var n = hay.length;
        return n;
§    }
}
""",
)
_add(
    "odin",
    "x.odin",
    """
package hay

other :: proc(a: int) -> int {
	b := a
	return b
}

§// Finds the needle.
needle :: proc(hay: []string) -> int {
	n := len(hay)
	return n
§}
""",
)
_add(
    "gleam",
    "x.gleam",
    """
import gleam/list

pub fn other(a: Int) -> Int {
  let b = a
  b
}

§/// Finds the needle.
pub fn needle(hay: List(String)) -> Int {
  let n = list.length(hay)
  n
§}
""",
)
_add(
    "purescript",
    "x.purs",
    """
module Hay where

import Prelude

other :: Int -> Int
other a =
  let b = a
  in b

§-- | Finds the needle.
needle :: Array String -> Int
needle hay =
  let n = length hay
§  in n
""",
)
_add(
    "glsl",
    "x.glsl",
    """
#version 330

vec4 other(vec4 a) {
    vec4 b = a;
    return b;
}

§// Finds the needle.
float needle(vec4 hay) {
    float n = hay.x;
    return n;
§}
""",
)
_add(
    "hlsl",
    "x.hlsl",
    """
float4 other(float4 a) {
    float4 b = a;
    return b;
}

§// Finds the needle.
float needle(float4 hay) : SV_Target {
    float n = hay.x;
    return n;
§}
""",
)
_add(
    "wgsl",
    "x.wgsl",
    """
fn other(a: f32) -> f32 {
    let b = a;
    return b;
}

§// Finds the needle.
@vertex
fn needle(hay: vec4<f32>) -> f32 {
    let n = hay.x;
    return n;
§}
""",
)
_add(
    "starlark",
    "x.bzl",
    '''
load("//a:b.bzl", "c")

def other(a):
    b = a
    return b

§# Finds the needle.
def needle(hay):
    """Searches."""
    n = len(hay)
§    return n
''',
)
_add(
    "thrift",
    "x.thrift",
    """
namespace py hay

struct Straw {
  1: i32 length
  2: string colour
}

§// Finds the needle.
struct needle {
  1: list<Straw> hay
  2: i32 n
§}
""",
)
_add(
    "apex",
    "x.apex",
    """
public class Haystack {
    private Integer size = 1;

    public Integer other(Integer a) {
        Integer b = a;
        return b;
    }

§    // Finds the needle.
    public Integer needle(List<String> hay) {
        Integer n = hay.size();
        return n;
§    }
}
""",
)
_add(
    "arduino",
    "x.ino",
    """
#include <Servo.h>

void setup() {
  Serial.begin(9600);
  pinMode(1, OUTPUT);
}

§// Finds the needle.
int needle(int hay) {
  int n = hay;
  return n;
§}
""",
)
_add(
    "fennel",
    "x.fnl",
    """
(local limit 3)

(fn other [a]
  (let [b a]
    b))

§;; Finds the needle.
(fn needle [hay]
  (let [n (length hay)]
§    n))
""",
)
_add(
    "hack",
    "x.hack",
    """
namespace Hay;

class Haystack {
  private int $size = 1;

  public function other(int $a): int {
    $b = $a;
    return $b;
  }

§  // Finds the needle.
  public function needle(vec<string> $hay): int {
    $n = 1;
    return $n;
§  }
}
""",
)
_add(
    "cairo",
    "x.cairo",
    """
fn other(a: felt252) -> felt252 {
    let b = a;
    b
}

§/// Finds the needle.
#[external(v0)]
fn needle(hay: felt252) -> felt252 {
    let n = hay;
    n
§}
""",
)
_add(
    "actionscript",
    "x.as",
    """
package hay {
    public class Haystack {
        private var size:int = 1;

        public function other(a:int):int {
            var b:int = a;
            return b;
        }

§        // Finds the needle.
        public function needle(hay:Array):int {
            var n:int = hay.length;
            return n;
§        }
    }
}
""",
)
_add(
    "qmljs",
    "x.qml",
    """
import QtQuick 2.0

Item {
    id: root
    property int size: 1

    function other(a) {
        var b = a
        return b
    }

§    // Finds the needle.
    function needle(hay) {
        var n = hay.length
        return n
§    }
}
""",
)
_add(
    "prisma",
    "x.prisma",
    """
model Straw {
  id     Int @id
  colour String
}

§// Finds the needle.
model needle {
  id Int @id
  n  Int
§}
""",
)
_add(
    "capnp",
    "x.capnp",
    """
@0xdbb9ad1f14bf0b36;

struct Straw {
  length @0 :Int32;
  colour @1 :Text;
}

§# Finds the needle.
struct Needle {
  hay @0 :List(Straw);
  n @1 :Int32;
§}
""",
)


def split(language: str) -> tuple[str, str, int, int]:
    """Return file name, program without marks, first and last line of the function."""
    name, marked = SNIPPETS[language]
    marks = [number for number, line in enumerate(marked.split("\n"), 1) if line.startswith("§")]
    return name, marked.replace("§", ""), marks[0], marks[-1]
