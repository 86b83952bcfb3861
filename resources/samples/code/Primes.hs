-- | Prime numbers.
module Primes (primes, isPrime, primeFactors) where

-- | All prime numbers, as an endless list: a number is prime when no smaller prime divides it.
primes :: [Integer]
primes = 2 : filter isPrime [3, 5 ..]

-- | Test whether a number is prime by trial division up to its square root.
isPrime :: Integer -> Bool
isPrime n = n > 1 && all (\p -> n `mod` p /= 0) (takeWhile (\p -> p * p <= n) primes)

-- | Split a number into its prime factors, the smallest first.
primeFactors :: Integer -> [Integer]
primeFactors n = go n primes
  where
    go 1 _ = []
    go m (p : ps)
      | p * p > m = [m]
      | m `mod` p == 0 = p : go (m `div` p) (p : ps)
      | otherwise = go m ps
    go _ [] = []
